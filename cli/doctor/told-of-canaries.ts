import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { canaryPrefix } from './canary-record.ts';
import type { DoctorContext } from './context.ts';
import { channelsOf } from './expected.ts';

/** Whether the digest gathers canaries: its rule leaves them out, where the stack is not from before there were any. */
export async function toldOfCanaries({ clients, configuration, stackName }: DoctorContext): Promise<boolean> {
  if (!channelsOf(configuration).some(({ name, on }) => name === 'digest' && on)) return false;
  const { EventPattern = '{}' } = await clients.events.send(
    new DescribeRuleCommand({ Name: `${stackName}-digest-channel`, EventBusName: stackName }),
  );
  const { detail } = JSON.parse(EventPattern) as { detail?: { id?: unknown } };
  return !JSON.stringify(detail?.id ?? []).includes(`"anything-but":{"prefix":"${canaryPrefix}"}`);
}
