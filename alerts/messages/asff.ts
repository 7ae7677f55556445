/**
 * The part of a Security Hub finding (AWS Security Finding Format, 2018-10-08) that the guard fills in. `Workflow`, notes and verification are the
 * customer's and never set.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: 'Trailguard';
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: AsffSeverity; readonly Original: string };
    readonly Types: string[];
  };
  readonly Remediation: { readonly Recommendation: { readonly Text: string; readonly Url: string } };
  readonly SourceUrl?: string;
  readonly ProductFields: Record<string, string>;
  readonly Resources: AsffResource[];
  readonly Compliance: { readonly Status: 'FAILED' | 'PASSED'; readonly RelatedRequirements?: string[] };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_FindingProviderSeverity.html */
export type AsffSeverity = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Resource.html */
export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly Details?: {
    readonly AwsIamUser?: { readonly UserName: string; readonly UserPolicyList?: { readonly PolicyName: string }[] };
    readonly AwsIamGroup?: { readonly GroupName: string; readonly GroupPolicyList?: { readonly PolicyName: string }[] };
    readonly AwsIamRole?: { readonly RoleName: string; readonly RolePolicyList?: { readonly PolicyName: string }[] };
    readonly AwsIamPolicy?: {
      readonly PolicyName: string;
      readonly PolicyVersionList?: { readonly VersionId: string; readonly IsDefaultVersion: boolean }[];
    };
  };
}

/**
 * What BatchImportFindings takes: characters of a text, items of a list, bytes of a finding and of a call.
 * @see https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 */
export const asffLimits = {
  id: 512,
  title: 256,
  description: 1_024,
  recommendation: 512,
  productField: 2_048,
  requirements: 32,
  findingBytes: 240_000,
  findings: 100,
  callBytes: 6_000_000,
} as const;
