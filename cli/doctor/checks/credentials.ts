import { messageOf } from '../../../iam/aws-errors.ts';
import { explainAwsFault } from '../../aws-fault.ts';
import { type Check, ok, wrong } from '../check.ts';

/** That there are credentials which AWS takes. */
export const credentials: Check = {
  id: 'credentials',
  title: 'AWS takes them',
  matters: 'without them nothing can be looked at',
  permissions: ['sts:GetCallerIdentity'],
  after: [],
  async run({ caller }) {
    try {
      const { account, arn } = await caller();
      return ok(`account ${account}, ${arn}`);
    } catch (error) {
      return wrong(messageOf(explainAwsFault(error)), 'aws sso login', 'aws sts get-caller-identity');
    }
  },
};
