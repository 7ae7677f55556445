import { everyResourceOf } from '../../policy/grants.ts';
import { onceForEachPair } from '../../policy/remembered.ts';
import { isCaller, isServiceLinked, reachesEveryAccount, reachesSeveral, runsCommands } from './arn-scopes.ts';
import { madeResources } from './made-resources.ts';
import type { EscalationPath } from './paths.ts';

/** What a permission of a path must reach to be of use for it. */
export interface Target {
  /** The ARN forms of what it must reach, with `{p}` for the partition; undefined for anything of the service. */
  readonly forms?: readonly string[];
  /** True where the action knows no resources: it is allowed on all of the service or not at all. */
  readonly whole?: true;
  /** True where a scope that overlaps the forms is of use: what is named may be all that it takes. */
  readonly serves: (scope: string) => boolean;
}

const any = (...forms: string[]): Target => ({ forms, serves: () => true });
const several = (form: string, ...more: string[]): Target => ({ forms: [form, ...more], serves: reachesSeveral });
/** Of resources with an id after the name: `stack/NAME/*` is one stack. */
const severalBeforeId = (form: string): Target => ({
  forms: [form],
  serves: (scope) => reachesSeveral(scope.replace(/(\/[^/:]+)\/\*$/, '$1')),
});

const account = '?'.repeat(12);
const user = `arn:{p}:iam::${account}:user/?*`;
const role = `arn:{p}:iam::${account}:role/?*`;
const instance = `arn:{p}:ec2:?*:${account}:instance/?*`;

const callerItself: Target = { forms: [user], serves: (scope) => reachesSeveral(scope) || isCaller(scope) };
const users = several(user);
const roles: Target = { forms: [role], serves: (scope) => reachesSeveral(scope) && !isServiceLinked(scope) };
/** Other than in its own account, where only its name tells a role, a role of each account is a role more. */
const rolesAnywhere: Target = {
  forms: [role],
  serves: (scope) => (reachesSeveral(scope) || reachesEveryAccount(scope)) && !isServiceLinked(scope),
};
/** Whose a named group or policy is, a document does not tell: the caller may be in it, or hold it. */
const groups = any(`arn:{p}:iam::${account}:group/?*`);
const policies = any(`arn:{p}:iam::${account}:policy/?*`);

const of = (service: string, resource: string) => `arn:{p}:${service}:?*:${account}:${resource}`;
const functions = several(of('lambda', 'function:?*'));
const stacks = severalBeforeId(of('cloudformation', 'stack/?*/?*'));
const interpreters = several(of('bedrock-agentcore', 'code-interpreter-custom/?*'));
const browsers = several(of('bedrock-agentcore', 'browser-custom/?*'));
const projects = several(of('codebuild', 'project/?*'));
const instances = several(instance);
const templates = several(of('ec2', 'launch-template/?*'));
const notebooks = several(of('sagemaker', 'notebook-instance/?*'));
const tasks = several(of('ecs', 'task/?*/?*'));
const managedInstance = of('ssm', 'managed-instance/?*');

/** Permissions over principals and policies: they reach the same things in each path, but for what the caller does to itself. */
const principalTargets: ReadonlyMap<string, Target> = new Map([
  ['iam:PassRole', roles],
  ['iam:PutRolePolicy', roles],
  ['iam:AttachRolePolicy', roles],
  ['iam:UpdateAssumeRolePolicy', roles],
  ['sts:AssumeRole', rolesAnywhere],
  ['iam:CreateAccessKey', users],
  ['iam:DeleteAccessKey', users],
  ['iam:CreateLoginProfile', users],
  ['iam:UpdateLoginProfile', users],
  ['iam:PutUserPolicy', users],
  ['iam:AttachUserPolicy', users],
  ['iam:AttachGroupPolicy', groups],
  ['iam:PutGroupPolicy', groups],
  ['iam:AddUserToGroup', groups],
  ['iam:CreatePolicyVersion', policies],
  ['iam:SetDefaultPolicyVersion', policies],
]);

/** Where a resource that has a role already is used. */
const existingTargets: ReadonlyMap<string, Target> = new Map([
  ['apprunner:UpdateService', severalBeforeId(of('apprunner', 'service/?*/?*'))],
  ['batch:SubmitJob', several(of('batch', 'job-definition/?*'))],
  ['bedrock-agentcore:StartCodeInterpreterSession', interpreters],
  ['bedrock-agentcore:InvokeCodeInterpreter', interpreters],
  ['bedrock-agentcore:InvokeAgentRuntimeCommand', several(of('bedrock-agentcore', 'runtime/?*'))],
  ['bedrock-agentcore:StartBrowserSession', browsers],
  ['bedrock-agentcore:ConnectBrowserAutomationStream', browsers],
  ['cloudformation:UpdateStack', stacks],
  ['cloudformation:CreateChangeSet', stacks],
  ['cloudformation:ExecuteChangeSet', stacks],
  ['codebuild:StartBuild', projects],
  ['codebuild:StartBuildBatch', projects],
  ['codedeploy:CreateDeployment', several(of('codedeploy', 'deploymentgroup:?*/?*'))],
  ['codedeploy:RegisterApplicationRevision', several(of('codedeploy', 'application:?*'))],
  ['codedeploy:GetDeploymentConfig', any(of('codedeploy', 'deploymentconfig:?*'))],
  ['ec2-instance-connect:SendSSHPublicKey', instances],
  ['ec2:ModifyInstanceAttribute', instances],
  ['ec2:StopInstances', instances],
  ['ec2:StartInstances', instances],
  ['ec2:CreateLaunchTemplateVersion', templates],
  ['ec2:ModifyLaunchTemplate', templates],
  ['ecs:ExecuteCommand', tasks],
  ['ecs:DescribeTasks', tasks],
  ['glue:UpdateDevEndpoint', several(of('glue', 'devEndpoint/?*'))],
  ['lambda:UpdateFunctionCode', functions],
  ['lambda:UpdateFunctionConfiguration', functions],
  ['lambda:InvokeFunction', functions],
  ['lambda:AddPermission', functions],
  ['sagemaker:CreatePresignedNotebookInstanceUrl', notebooks],
  ['sagemaker:StopNotebookInstance', notebooks],
  ['sagemaker:UpdateNotebookInstance', notebooks],
  ['sagemaker:StartNotebookInstance', notebooks],
  ['sagemaker:CreateNotebookInstanceLifecycleConfig', any(of('sagemaker', 'notebook-instance-lifecycle-config/?*'))],
  ['ssm:StartSession', several(instance, managedInstance, of('ecs', 'task/?*/?*'))],
  ['ssm:SendCommand', several(instance, managedInstance)],
]);

/** What an action must reach besides: a command is sent to an instance by a document, and many documents run nothing of the caller's. */
const secondTargets: ReadonlyMap<string, Target> = new Map([
  ['ssm:SendCommand', { forms: ['arn:{p}:ssm:?*:*:document/?*'], serves: runsCommands }],
]);

const whole: Target = { whole: true, serves: () => true };
/** Actions that know no resources. */
const wholeActions: ReadonlySet<string> = new Set([
  'bedrock-agentcore:CreateAgentRuntime',
  'bedrock-agentcore:CreateBrowser',
  'bedrock-agentcore:CreateCodeInterpreter',
  'cloudformation:CreateStackSet',
  'cognito-identity:SetIdentityPoolRoles',
  'datapipeline:CreatePipeline',
  'ec2:DescribeInstances',
  'elasticmapreduce:RunJobFlow',
  'emr-serverless:CreateApplication',
  'gamelift:CreateBuild',
  'gamelift:CreateFleet',
  'glue:CreateDevEndpoint',
  'kinesisanalytics:CreateApplication',
  'lambda:CreateEventSourceMapping',
  'omics:CreateWorkflow',
]);

/** Anything of the service, for what has no resource of its own kind to name. */
const anything: Target = { serves: () => true };

const made = new Map<string, Target>([...madeResources].map(([action, resource]) => [action, any(of(serviceIn(action), resource))]));

function serviceIn(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

/**
 * All that a permission must reach for a path. A resource that the path itself makes may have any name; one that is there,
 * and has a role, must be one of several.
 */
export function targetsOf(action: string, path: EscalationPath): readonly Target[] {
  const second = secondTargets.get(action);
  return second ? [mainTarget(action, path), second] : [mainTarget(action, path)];
}

function mainTarget(action: string, { category, passesTo }: EscalationPath): Target {
  if (category === 'self-escalation' && (action === 'iam:PutUserPolicy' || action === 'iam:AttachUserPolicy')) return callerItself;
  const over = principalTargets.get(action);
  if (over) return over;
  if (wholeActions.has(action)) return whole;
  return (passesTo.length === 0 ? existingTargets : made).get(action) ?? anything;
}

const ownForms = onceForEachPair((forms: readonly string[], partition) => forms.map((form) => form.replace('{p}', partition)));

/** The ARN forms of a target in a partition. */
export function formsIn({ forms }: Target, service: string, partition: string): readonly string[] {
  return forms ? ownForms(forms, partition) : everyResourceOf(service, partition);
}
