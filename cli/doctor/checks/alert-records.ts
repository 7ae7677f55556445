import { DescribeContinuousBackupsCommand, DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { type Check, type Fault, faultsOr, wrong } from '../check.ts';
import { isNotFound, missingResource } from '../rules.ts';

/** That the table is well in which it stands which alerts were published. */
export const alertRecords: Check = {
  id: 'alert-records',
  title: 'the table of published alerts is well',
  matters: 'without it an event that is delivered twice is told twice',
  permissions: ['dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive', 'dynamodb:DescribeContinuousBackups'],
  after: ['stack'],
  async run(context) {
    const { aws, clients } = context;
    const TableName = (await context.stack()).resources.get('AlertRecords');
    const missing = missingResource(context, 'table AlertRecords');
    if (TableName === undefined) return wrong(missing.says, ...missing.fix);
    try {
      const [{ Table }, { TimeToLiveDescription: life }, { ContinuousBackupsDescription: backups }] = await Promise.all([
        clients.dynamo.send(new DescribeTableCommand({ TableName })),
        clients.dynamo.send(new DescribeTimeToLiveCommand({ TableName })),
        clients.dynamo.send(new DescribeContinuousBackupsCommand({ TableName })),
      ]);
      const faults: Fault[] = [];
      if (!['ACTIVE', 'UPDATING'].includes(Table?.TableStatus ?? ''))
        faults.push({
          says: `table ${TableName} is ${Table?.TableStatus}`,
          fix: [aws('dynamodb', 'describe-table', '--table-name', TableName)],
        });
      if (!life?.TimeToLiveStatus?.startsWith('ENABL'))
        faults.push({
          says: `table ${TableName} forgets nothing`,
          fix: [
            aws(
              'dynamodb',
              'update-time-to-live',
              '--table-name',
              TableName,
              '--time-to-live-specification',
              'Enabled=true,AttributeName=expiration',
            ),
          ],
        });
      if (backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus !== 'ENABLED')
        faults.push({
          says: `table ${TableName} cannot be restored`,
          fix: [
            aws(
              'dynamodb',
              'update-continuous-backups',
              '--table-name',
              TableName,
              '--point-in-time-recovery-specification',
              'PointInTimeRecoveryEnabled=true',
            ),
          ],
        });
      return faultsOr(faults, TableName);
    } catch (error) {
      if (isNotFound(error)) return wrong(missing.says, ...missing.fix);
      throw error;
    }
  },
};
