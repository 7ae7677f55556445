/**
 * Ways to gain permissions that nobody granted: ids, categories and required permissions from DataDog's pathfinding.cloud
 * (Apache-2.0, https://github.com/DataDog/pathfinding.cloud), as it stood in December 2025 and, further below, in 2026. What
 * was added from elsewhere has a name for an id instead of a number, and its source beside it.
 * A later path that only adds permissions to one listed here is left out (batch-003, bedrock-005, ecs-007), and so is a
 * second id for the same permissions (ec2-005).
 */

/** What the caller does: changes its own permissions, becomes another principal, or has a service act with a role's permissions. */
export type Category = 'self-escalation' | 'principal-access' | 'new-passrole' | 'existing-passrole';

/** One way to escalate. */
export interface EscalationPath {
  readonly id: string;
  readonly category: Category;
  /** All of these permissions, as AWS writes them. */
  readonly requires: readonly string[];
  /** The service principals to one of which the path passes a role; empty where it passes none. */
  readonly passesTo: readonly string[];
}

const self = (id: string, ...requires: string[]): EscalationPath => ({ id, category: 'self-escalation', requires, passesTo: [] });
const principal = (id: string, ...requires: string[]): EscalationPath => ({ id, category: 'principal-access', requires, passesTo: [] });
const existing = (id: string, ...requires: string[]): EscalationPath => ({ id, category: 'existing-passrole', requires, passesTo: [] });
const passing = (id: string, services: string, ...actions: string[]): EscalationPath => ({
  id,
  category: 'new-passrole',
  requires: ['iam:PassRole', ...actions],
  passesTo: services.split(' ').map((service) => `${service}.amazonaws.com`),
});

const apprunner = 'apprunner tasks.apprunner';
const datapipeline = 'datapipeline ec2 elasticmapreduce';

/** Every known path. */
export const escalationPaths: readonly EscalationPath[] = [
  passing('apprunner-001', apprunner, 'apprunner:CreateService'),
  existing('apprunner-002', 'apprunner:UpdateService'),
  passing(
    'bedrock-001',
    'bedrock-agentcore',
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ),
  existing('bedrock-002', 'bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'),
  passing('cloudformation-001', 'cloudformation', 'cloudformation:CreateStack'),
  existing('cloudformation-002', 'cloudformation:UpdateStack'),
  passing('cloudformation-003', 'cloudformation', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'),
  passing('cloudformation-004', 'cloudformation', 'cloudformation:UpdateStackSet'),
  // It changes a stack that has a role already: the source counts it here, and it is judged like the existing ones.
  {
    id: 'cloudformation-005',
    category: 'new-passrole',
    requires: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    passesTo: [],
  },
  passing('codebuild-001', 'codebuild', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  existing('codebuild-002', 'codebuild:StartBuild'),
  existing('codebuild-003', 'codebuild:StartBuildBatch'),
  passing('codebuild-004', 'codebuild', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'),
  passing(
    'datapipeline-001',
    datapipeline,
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  existing('ec2instanceconnect-003', 'ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'),
  passing('ec2-001', 'ec2', 'ec2:RunInstances'),
  existing('ec2-002', 'ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'),
  passing('ec2-003', 'ec2', 'ec2:RequestSpotInstances'),
  existing('ec2-004', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'),
  passing('ecs-001', 'ecs-tasks', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passing('ecs-002', 'ecs-tasks', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('ecs-003', 'ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passing('ecs-004', 'ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('ecs-005', 'ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'),
  passing('glue-001', 'glue', 'glue:CreateDevEndpoint'),
  existing('glue-002', 'glue:UpdateDevEndpoint'),
  passing('glue-003', 'glue', 'glue:CreateJob', 'glue:StartJobRun'),
  passing('glue-004', 'glue', 'glue:CreateJob', 'glue:CreateTrigger'),
  passing('glue-005', 'glue', 'glue:UpdateJob', 'glue:StartJobRun'),
  passing('glue-006', 'glue', 'glue:UpdateJob', 'glue:CreateTrigger'),
  self('iam-001', 'iam:CreatePolicyVersion'),
  principal('iam-002', 'iam:CreateAccessKey'),
  principal('iam-003', 'iam:CreateAccessKey', 'iam:DeleteAccessKey'),
  principal('iam-004', 'iam:CreateLoginProfile'),
  self('iam-005', 'iam:PutRolePolicy'),
  principal('iam-006', 'iam:UpdateLoginProfile'),
  self('iam-007', 'iam:PutUserPolicy'),
  self('iam-008', 'iam:AttachUserPolicy'),
  self('iam-009', 'iam:AttachRolePolicy'),
  self('iam-010', 'iam:AttachGroupPolicy'),
  self('iam-011', 'iam:PutGroupPolicy'),
  principal('iam-012', 'iam:UpdateAssumeRolePolicy'),
  self('iam-013', 'iam:AddUserToGroup'),
  principal('iam-014', 'iam:AttachRolePolicy', 'sts:AssumeRole'),
  principal('iam-015', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'),
  principal('iam-016', 'iam:CreatePolicyVersion', 'sts:AssumeRole'),
  principal('iam-017', 'iam:PutRolePolicy', 'sts:AssumeRole'),
  principal('iam-018', 'iam:PutUserPolicy', 'iam:CreateAccessKey'),
  principal('iam-019', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'),
  principal('iam-020', 'iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'),
  principal('iam-021', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'),
  passing('lambda-001', 'lambda', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passing('lambda-002', 'lambda', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
  existing('lambda-003', 'lambda:UpdateFunctionCode'),
  existing('lambda-004', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'),
  existing('lambda-005', 'lambda:UpdateFunctionCode', 'lambda:AddPermission'),
  passing('lambda-006', 'lambda', 'lambda:CreateFunction', 'lambda:AddPermission'),
  passing('sagemaker-001', 'sagemaker', 'sagemaker:CreateNotebookInstance'),
  passing('sagemaker-002', 'sagemaker', 'sagemaker:CreateTrainingJob'),
  passing('sagemaker-003', 'sagemaker', 'sagemaker:CreateProcessingJob'),
  existing('sagemaker-004', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
  existing(
    'sagemaker-005',
    'sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:StopNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
  ),
  existing('ssm-001', 'ssm:StartSession'),
  existing('ssm-002', 'ssm:SendCommand'),
  principal('sts-001', 'sts:AssumeRole'),

  // pathfinding.cloud, 2026: https://github.com/DataDog/pathfinding.cloud/tree/main/data/paths/aws
  // A job's role is passed to the tasks that ECS runs for AWS Batch.
  passing('batch-001', 'batch ecs-tasks', 'batch:RegisterJobDefinition', 'batch:SubmitJob'),
  existing('batch-002', 'batch:SubmitJob'),
  passing(
    'bedrock-003',
    'bedrock-agentcore',
    'bedrock-agentcore:CreateAgentRuntime',
    'bedrock-agentcore:CreateAgentRuntimeEndpoint',
    'bedrock-agentcore:CreateWorkloadIdentity',
    'bedrock-agentcore:InvokeAgentRuntimeCommand',
  ),
  existing('bedrock-004', 'bedrock-agentcore:InvokeAgentRuntimeCommand'),
  passing(
    'bedrock-006',
    'bedrock-agentcore',
    'bedrock-agentcore:CreateBrowser',
    'bedrock-agentcore:StartBrowserSession',
    'bedrock-agentcore:ConnectBrowserAutomationStream',
  ),
  existing('bedrock-007', 'bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'),
  passing('braket-001', 'braket', 'braket:CreateJob'),
  existing('codedeploy-001', 'codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig'),
  passing('cognitoidentity-001', 'cognito-identity', 'cognito-identity:SetIdentityPoolRoles'),
  existing('ecs-006', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'),
  passing('ecs-008', 'ecs-tasks', 'ecs:RunTask'),
  passing('ecs-009', 'ecs-tasks', 'ecs:StartTask'),
  // Its instances get their role through EC2.
  passing('emr-001', 'ec2', 'elasticmapreduce:RunJobFlow'),
  passing('emrserverless-001', 'emr-serverless', 'emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'),
  passing('gamelift-001', 'gamelift ec2', 'gamelift:CreateBuild', 'gamelift:CreateFleet', 'gamelift:RequestUploadCredentials'),
  passing('glue-007', 'glue', 'glue:CreateSession', 'glue:RunStatement'),
  passing(
    'imagebuilder-001',
    'ec2',
    'imagebuilder:CreateComponent',
    'imagebuilder:CreateImageRecipe',
    'imagebuilder:CreateInfrastructureConfiguration',
    'imagebuilder:CreateImage',
  ),
  passing('kinesisanalytics-001', 'kinesisanalytics', 'kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'),
  passing('omics-001', 'omics', 'omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject'),
  passing('ssm-003', 'ssm', 'ssm:CreateDocument', 'ssm:StartAutomationExecution'),

  // https://github.com/nccgroup/PMapper/blob/master/principalmapper/graphing/autoscaling_edges.py
  passing('autoscaling-create-group', 'ec2', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'),
  passing('autoscaling-update-group', 'ec2', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'),
  // https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
  self('iam-set-default-policy-version', 'iam:SetDefaultPolicyVersion'),
  // A layer runs in the function's place: https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py
  existing('lambda-update-function-configuration', 'lambda:UpdateFunctionConfiguration'),
];
