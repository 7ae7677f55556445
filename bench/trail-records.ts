/** The account of every record that is made. */
export const account = '111122223333';

/** The Regions that records come from. */
export const regions: readonly string[] = ['us-east-1', 'eu-central-1', 'eu-west-1'];

/** Chance that gives the same again for the same seed. */
export interface Chance {
  /** From 0 to below 1. */
  number(): number;
  below(end: number): number;
  of<T>(list: readonly T[]): T;
  /** One of them, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  hex(length: number): string;
  /** Capital letters and digits, as in the ids of AWS. */
  letters(length: number): string;
  uuid(): string;
}

/** Chance from a seed, by mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += bits().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  const number = (): number => bits() / 0x1_0000_0000;
  const below = (end: number): number => Math.floor(number() * end);
  return {
    number,
    below,
    hex,
    of: <T>(list: readonly T[]): T => {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
    letters: (length) => Array.from({ length }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[bits() & 31]).join(''),
    weighted(list) {
      let left = below(list.reduce((sum, { weight }) => sum + weight, 0));
      for (const item of list) {
        left -= item.weight;
        if (left < 0) return item;
      }
      throw new Error('nothing to choose from');
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}

const agents: readonly string[] = [
  'aws-cli/2.24.20 md/awscrt#0.23.8 ua/2.1 os/linux#6.8.0-1021-aws md/arch#x86_64 lang/python#3.12.9 md/pyimpl#CPython exec-env/EC2 cfg/retry-mode#standard md/prompt#off md/command#s3.sync',
  'APN/1.0 HashiCorp/1.0 Terraform/1.11.2 (+https://www.terraform.io) terraform-provider-aws/5.90.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.23.6 md/GOOS#linux md/GOARCH#amd64',
  'Boto3/1.37.9 md/Botocore#1.37.9 ua/2.0 os/linux#5.10.234-225.921.amzn2.x86_64 md/arch#x86_64 lang/python#3.11.11 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.37.9',
  'aws-sdk-java/2.30.36 md/io#sync md/http#Apache ua/2.1 os/Linux#5.15.0-1075-aws lang/java#17.0.14 md/OpenJDK_64-Bit_Server_VM#17.0.14+7 md/vendor#Amazon.com_Inc. md/en_US',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36',
  'eks.amazonaws.com',
];

type Parameters = (chance: Chance, region: string) => { readonly request: string; readonly response?: string; readonly more?: string };
interface OtherEvent {
  readonly source: string;
  readonly name: string;
  readonly reads: boolean;
  /** How often it comes, to the others. */
  readonly weight: number;
  readonly parameters: Parameters;
}

const bucket = (chance: Chance): string => `acme-${chance.of(['data-lake', 'artifacts', 'backups', 'web-assets'])}-${chance.below(40)}`;
const resource = (type: string, arn: string): string => `,"resources":[{"accountId":"${account}","type":"${type}","ARN":"${arn}"}]`;
const event = (source: string, name: string, weight: number, reads: boolean, parameters: Parameters): OtherEvent => ({
  source,
  name,
  reads,
  weight,
  parameters,
});

/** The services that fill a trail, hand-mixed after what accounts show: data keys, role sessions, describing, logs, and IAM being read. */
const others: readonly OtherEvent[] = [
  event('kms.amazonaws.com', 'Decrypt', 16, true, (c, r) => {
    const key = `arn:aws:kms:${r}:${account}:key/${c.uuid()}`;
    return {
      request: `{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::${bucket(c)}/year=2026/month=03/part-${c.uuid()}.parquet"},"keyId":"${key}","encryptionAlgorithm":"SYMMETRIC_DEFAULT"}`,
      more: resource('AWS::KMS::Key', key),
    };
  }),
  event('kms.amazonaws.com', 'GenerateDataKey', 6, true, (c, r) => {
    const key = `arn:aws:kms:${r}:${account}:key/${c.uuid()}`;
    return {
      request: `{"keySpec":"AES_256","encryptionContext":{"PARAMETER_ARN":"arn:aws:ssm:${r}:${account}:parameter/app/${c.below(900)}/dsn"},"keyId":"${key}"}`,
      more: resource('AWS::KMS::Key', key),
    };
  }),
  event('sts.amazonaws.com', 'AssumeRole', 13, true, (c) => {
    const role = `arn:aws:iam::${account}:role/service-role/app-${c.below(200)}-task`;
    const session = `i-${c.hex(17)}`;
    return {
      request: `{"roleArn":"${role}","roleSessionName":"${session}","durationSeconds":3600}`,
      response: `{"credentials":{"accessKeyId":"ASIA${c.letters(16)}","sessionToken":"IQoJb3JpZ2luX2VjE${c.letters(180)}","expiration":"Mar 2, 2026, 10:05:11 AM"},"assumedRoleUser":{"assumedRoleId":"AROA${c.letters(17)}:${session}","arn":"${role.replace(':iam:', ':sts:').replace('role/service-role', 'assumed-role')}/${session}"}}`,
      more: `,"sharedEventID":"${c.uuid()}"${resource('AWS::IAM::Role', role)}`,
    };
  }),
  event('ec2.amazonaws.com', 'DescribeInstances', 9, true, (c) => ({
    request: `{"instancesSet":{"items":[{"instanceId":"i-${c.hex(17)}"},{"instanceId":"i-${c.hex(17)}"}]},"filterSet":{"items":[{"name":"tag:Service","valueSet":{"items":[{"value":"svc-${c.below(300)}"}]}}]}}`,
  })),
  event('ec2.amazonaws.com', 'DescribeNetworkInterfaces', 7, true, (c) => ({
    request: `{"networkInterfaceIdSet":{},"filterSet":{"items":[{"name":"attachment.instance-id","valueSet":{"items":[{"value":"i-${c.hex(17)}"}]}}]}}`,
  })),
  event('ec2.amazonaws.com', 'CreateTags', 2, false, (c) => ({
    request: `{"resourcesSet":{"items":[{"resourceId":"vol-${c.hex(17)}"}]},"tagSet":{"items":[{"key":"kubernetes.io/cluster/prod","value":"owned"},{"key":"Name","value":"pvc-${c.uuid()}"},{"key":"note","value":"\\"nightly\\" \\\\ build"}]}}`,
    response: `{"requestId":"${c.uuid()}","_return":true}`,
  })),
  event('s3.amazonaws.com', 'GetBucketAcl', 5, true, (c, r) => {
    const name = bucket(c);
    return {
      request: `{"bucketName":"${name}","Host":"${name}.s3.${r}.amazonaws.com","acl":""}`,
      more: `,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"${c.letters(64)}=","bytesTransferredOut":${c.below(9_000)}}${resource('AWS::S3::Bucket', `arn:aws:s3:::${name}`)}`,
    };
  }),
  event('logs.amazonaws.com', 'CreateLogStream', 8, false, (c) => ({
    request: `{"logGroupName":"/aws/lambda/app-${c.below(400)}","logStreamName":"2026/03/02/[$LATEST]${c.hex(32)}"}`,
  })),
  event('ssm.amazonaws.com', 'UpdateInstanceInformation', 7, false, (c) => ({
    request: `{"instanceId":"i-${c.hex(17)}","agentVersion":"3.3.1611.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.${c.below(255)}.${c.below(255)}.${c.below(255)}","computerName":"ip-10-0-${c.below(255)}-${c.below(255)}.ec2.internal","agentName":"amazon-ssm-agent","availabilityZone":"us-east-1b","availabilityZoneId":"use1-az2","sSMConnectionChannel":"ssmmessages"}`,
  })),
  event('dynamodb.amazonaws.com', 'DescribeTable', 4, true, (c, r) => {
    const table = `orders-${c.below(60)}`;
    return {
      request: `{"tableName":"${table}"}`,
      more: resource('AWS::DynamoDB::Table', `arn:aws:dynamodb:${r}:${account}:table/${table}`),
    };
  }),
  event('lambda.amazonaws.com', 'GetFunction20150331v2', 3, true, (c) => ({
    request: `{"functionName":"app-${c.below(400)}"}`,
  })),
  event('ecr.amazonaws.com', 'BatchGetImage', 3, true, (c, r) => ({
    request: `{"registryId":"${account}","repositoryName":"apps/svc-${c.below(300)}","imageIds":[{"imageTag":"${c.hex(40)}"}],"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.list.v2+json","application/vnd.oci.image.index.v1+json","application/vnd.oci.image.manifest.v1+json"]}`,
    more: resource('AWS::ECR::Repository', `arn:aws:ecr:${r}:${account}:repository/apps/svc`),
  })),
  event('cloudformation.amazonaws.com', 'DescribeStackResource', 2, true, (c, r) => ({
    request: `{"stackName":"arn:aws:cloudformation:${r}:${account}:stack/app-${c.below(90)}/${c.uuid()}","logicalResourceId":"ServiceRole"}`,
  })),
  event('autoscaling.amazonaws.com', 'DescribeAutoScalingGroups', 3, true, (c) => ({
    request: `{"autoScalingGroupNames":["eks-workers-${c.uuid()}"],"maxRecords":100}`,
  })),
  event('iam.amazonaws.com', 'GetRole', 3, true, (c) => ({ request: `{"roleName":"app-${c.below(200)}-task"}` })),
  event('iam.amazonaws.com', 'ListAttachedRolePolicies', 2, true, (c) => ({ request: `{"roleName":"app-${c.below(200)}-task"}` })),
  event('iam.amazonaws.com', 'GetPolicyVersion', 1, true, (c) => ({
    request: `{"policyArn":"arn:aws:iam::${account}:policy/team-${c.below(90)}","versionId":"v${1 + c.below(5)}"}`,
  })),
];

/** A record that is in no catalog, as text. */
export function otherRecord(chance: Chance, time: string, region: string): string {
  const { source, name, reads, parameters } = chance.weighted(others);
  const { request, response = 'null', more = '' } = parameters(chance, region);
  const global = source === 'iam.amazonaws.com';
  return recordText(chance, { time, source, name, reads, request, response, more, region: global ? 'us-east-1' : region });
}

/** A record as text, made by a role session or a user. */
export function recordText(
  chance: Chance,
  parts: {
    readonly time: string;
    readonly source: string;
    readonly name: string;
    readonly region: string;
    readonly reads: boolean;
    readonly request: string;
    readonly response: string;
    readonly more?: string;
    readonly error?: string;
  },
): string {
  const { time, source, name, region, reads, request, response, more = '', error = '' } = parts;
  const agent = chance.of(agents);
  return `{"eventVersion":"1.11","userIdentity":${identity(chance)},"eventTime":"${time}","eventSource":"${source}","eventName":"${name}","awsRegion":"${region}","sourceIPAddress":"10.${chance.below(255)}.${chance.below(255)}.${chance.below(255)}","userAgent":"${agent}"${error},"requestParameters":${request},"responseElements":${response},"requestID":"${chance.uuid()}","eventID":"${chance.uuid()}","readOnly":${reads}${more},"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"${account}","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${source.replace('.amazonaws', `.${region}.amazonaws`)}"}}`;
}

function identity(chance: Chance): string {
  if (chance.below(5) === 0) {
    const name = `user-${chance.below(300)}`;
    return `{"type":"IAMUser","principalId":"AIDA${chance.letters(17)}","arn":"arn:aws:iam::${account}:user/${name}","accountId":"${account}","accessKeyId":"AKIA${chance.letters(16)}","userName":"${name}"}`;
  }
  const role = `app-${chance.below(200)}-task`;
  const id = `AROA${chance.letters(17)}`;
  const session = `i-${chance.hex(17)}`;
  return `{"type":"AssumedRole","principalId":"${id}:${session}","arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}","accountId":"${account}","accessKeyId":"ASIA${chance.letters(16)}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${id}","arn":"arn:aws:iam::${account}:role/service-role/${role}","accountId":"${account}","userName":"${role}"},"attributes":{"creationDate":"2026-03-02T07:01:44Z","mfaAuthenticated":"false"},"ec2RoleDelivery":"2.0"}}`;
}
