import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { motoClientConfig } from '../moto.ts';

/** A table of alerts that were told, in moto: with the key of stack/alert-records.yml. */
export const recordsTable = async (endpoint: string, tableName = 'alert-records') => {
  const client = new DynamoDBClient({ ...motoClientConfig(endpoint), maxAttempts: 2 });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  return {
    client,
    tableName,
    items: async () => (await client.send(new ScanCommand({ TableName: tableName }))).Items ?? [],
  };
};
