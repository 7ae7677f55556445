const nonBlank = { type: 'string', pattern: '\\S' } as const;
const upTo = (maxLength: number) => ({ type: 'string', pattern: '\\S', minLength: 1, maxLength }) as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' } as const;
const named = (property: string, list: string) =>
  ({
    type: 'object',
    required: [property],
    additionalProperties: false,
    properties: {
      [property]: nonBlank,
      [list]: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['PolicyName'], additionalProperties: false, properties: { PolicyName: nonBlank } },
      },
    },
  }) as const;

const details = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    AwsIamUser: named('UserName', 'UserPolicyList'),
    AwsIamGroup: named('GroupName', 'GroupPolicyList'),
    AwsIamRole: named('RoleName', 'RolePolicyList'),
    AwsIamPolicy: {
      type: 'object',
      required: ['PolicyName'],
      additionalProperties: false,
      properties: {
        PolicyName: nonBlank,
        PolicyVersionList: {
          type: 'array',
          items: {
            type: 'object',
            required: ['VersionId', 'IsDefaultVersion'],
            additionalProperties: false,
            properties: { VersionId: nonBlank, IsDefaultVersion: { type: 'boolean' } },
          },
        },
      },
    },
  },
} as const;

/**
 * What BatchImportFindings takes of a finding, written from AWS's documentation, and nothing that the customer owns (`Workflow`, `Note`,
 * `UserDefinedFields`, `VerificationState`) or that a provider should not set (`Severity`, `Types`, `Confidence`, `Criticality`).
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export const asffSchema = {
  type: 'object',
  required: [
    'SchemaVersion',
    'Id',
    'ProductArn',
    'GeneratorId',
    'AwsAccountId',
    'CreatedAt',
    'UpdatedAt',
    'Title',
    'Description',
    'Resources',
    'FindingProviderFields',
  ],
  additionalProperties: false,
  properties: {
    SchemaVersion: { const: '2018-10-08' },
    Id: upTo(512),
    ProductArn: { type: 'string', pattern: '^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:(\\d{12}):product/\\d{12}/default$', maxLength: 2048 },
    ProductName: upTo(128),
    GeneratorId: upTo(512),
    AwsAccountId: { type: 'string', pattern: '^\\d{12}$' },
    CreatedAt: time,
    UpdatedAt: time,
    Title: upTo(256),
    Description: upTo(1024),
    FindingProviderFields: {
      type: 'object',
      required: ['Severity', 'Types'],
      additionalProperties: false,
      properties: {
        Severity: {
          type: 'object',
          required: ['Label'],
          additionalProperties: false,
          properties: { Label: { enum: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] }, Original: upTo(64) },
        },
        Types: {
          type: 'array',
          minItems: 1,
          maxItems: 50,
          items: {
            type: 'string',
            pattern: '^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(/[^/]+){0,2}$',
          },
        },
      },
    },
    Remediation: {
      type: 'object',
      additionalProperties: false,
      properties: {
        Recommendation: {
          type: 'object',
          additionalProperties: false,
          properties: { Text: upTo(512), Url: { type: 'string', pattern: '^https://' } },
        },
      },
    },
    SourceUrl: { type: 'string', pattern: '^https://' },
    ProductFields: {
      type: 'object',
      maxProperties: 50,
      propertyNames: { type: 'string', maxLength: 128 },
      additionalProperties: upTo(2048),
    },
    Resources: {
      type: 'array',
      minItems: 1,
      maxItems: 32,
      items: {
        type: 'object',
        required: ['Type', 'Id'],
        additionalProperties: false,
        properties: {
          Type: { enum: ['AwsIamUser', 'AwsIamGroup', 'AwsIamRole', 'AwsIamPolicy', 'AwsAccount'] },
          Id: nonBlank,
          Partition: { enum: ['aws', 'aws-cn', 'aws-us-gov'] },
          Details: details,
        },
      },
    },
    Compliance: {
      type: 'object',
      required: ['Status'],
      additionalProperties: false,
      properties: {
        Status: { enum: ['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE'] },
        RelatedRequirements: { type: 'array', minItems: 1, maxItems: 32, items: nonBlank },
      },
    },
    RecordState: { enum: ['ACTIVE', 'ARCHIVED'] },
  },
} as const;
