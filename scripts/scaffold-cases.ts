import type { Scope } from '../analyzers/rule.ts';
import { unwritten } from './unwritten.ts';

/** The cases that a scaffolded rule of a scope begins with: one flagged, and one passing a single step from it. */
export function scaffoldCases(scope: Scope): string {
  const { flagged, passing } = inputs[scope];
  return `{
  "flagged": [
    {
      "name": "${unwritten} what this case shows",
      "example": true,
      ${flagged},
      "findings": [{ "severity": "medium", "message": "${unwritten} what the rule says of it" }]
    }
  ],
  "passing": [
    {
      "name": "${unwritten} the single step that makes it pass",
      "example": true,
      "from": "${unwritten} what this case shows",
      ${passing}
    }
  ]
}
`;
}

const inputs: Readonly<Record<Scope, { readonly flagged: string; readonly passing: string }>> = {
  policy: { flagged: document('Allow'), passing: document('Deny') },
  event: { flagged: record('alice'), passing: record('bob') },
  user: { flagged: posture(true), passing: posture(false) },
  account: { flagged: passwordPolicy(6), passing: passwordPolicy(14) },
};

function document(effect: string): string {
  return `"document": { "Version": "2012-10-17", "Statement": [{ "Effect": "${effect}", "Action": "s3:GetObject", "Resource": "*" }] }`;
}

function record(userName: string): string {
  return `"record": {
        "eventVersion": "1.11",
        "userIdentity": {
          "type": "IAMUser",
          "principalId": "AIDAEXAMPLEEXAMPLE",
          "arn": "arn:aws:iam::111122223333:user/ops",
          "accountId": "111122223333",
          "accessKeyId": "AKIAEXAMPLEEXAMPLE",
          "userName": "ops"
        },
        "eventTime": "2026-03-02T09:30:00Z",
        "eventSource": "iam.amazonaws.com",
        "eventName": "CreateUser",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "aws-cli/2.27.0",
        "requestParameters": { "userName": "${userName}" },
        "responseElements": null,
        "requestID": "5d1f0f7e-0000-4000-8000-000000000001",
        "eventID": "8a6c2f4e-0000-4000-8000-000000000001",
        "readOnly": false,
        "eventType": "AwsApiCall",
        "managementEvent": true,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management"
      }`;
}

function posture(active: boolean): string {
  return `"posture": { "accessKeys": [{ "id": "AKIAEXAMPLEEXAMPLE", "active": ${active}, "createdAt": "2026-03-01T09:30:00Z" }] }`;
}

function passwordPolicy(minimumLength: number): string {
  return `"passwordPolicy": {
        "minimumLength": ${minimumLength},
        "requireSymbols": true,
        "requireNumbers": true,
        "requireUppercase": true,
        "requireLowercase": true
      }`;
}
