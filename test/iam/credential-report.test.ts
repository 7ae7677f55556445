import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient, type ReportStateType } from '@aws-sdk/client-iam';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { readCredentialReport } from '../../iam/credential-report.ts';
import { reportOf, rowOf } from './credential-csv.ts';

// A mock: moto makes its report at once, and never fails.
const iam: AwsClientStub<IAMClient> = mockClient(IAMClient);
const made = new Date('2026-03-01T09:00:00Z');

function fault(name: string): Error {
  return Object.assign(new Error(`${name} said IAM`), { name });
}

/** IAM answers with these states, the last one for good. */
function states(...answers: ReportStateType[]): void {
  const generate = iam.on(GenerateCredentialReportCommand);
  for (const State of answers) generate.resolvesOnce({ State });
  generate.resolves({ State: answers.at(-1) });
}

let slept: number[] = [];

function read(atMost = 60_000) {
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  return readCredentialReport(new IAMClient({ region: 'us-east-1' }), { sleep, atMost });
}

beforeEach(() => {
  slept = [];
  iam.reset();
  states('COMPLETE');
  const Content = new TextEncoder().encode(reportOf(rowOf('ada', { mfa_active: 'true' })));
  iam.on(GetCredentialReportCommand).resolves({ Content, ReportFormat: 'text/csv', GeneratedTime: made });
});

describe('a credential report', () => {
  test('made within four hours costs two calls and no waiting, and says when it was made', async () => {
    const report = await read();
    if (!report.found) throw new Error(report.detail);
    expect(report.value.generatedAt).toBe(made.toISOString());
    expect(report.value.users.get('ada')).toMatchObject({ mfaActive: true });
    expect([iam.calls().length, slept]).toEqual([2, []]);
  });

  test('is waited for, longer each time', async () => {
    states('STARTED', 'INPROGRESS', 'INPROGRESS', 'INPROGRESS', 'INPROGRESS', 'COMPLETE');
    expect(await read()).toMatchObject({ found: true });
    expect(slept).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  test('that never comes is given up', async () => {
    states('INPROGRESS');
    expect(await read(10_000)).toEqual({
      found: false,
      why: 'unreadable',
      detail: "the credential report can't be had now: IAM had not made it after 7 s",
    });
    expect(iam.commandCalls(GetCredentialReportCommand)).toHaveLength(0);
  });

  test('is read where IAM makes no other so soon', async () => {
    iam.on(GenerateCredentialReportCommand).rejects(fault('LimitExceededException'));
    expect(await read()).toMatchObject({ found: true });
  });

  test.each(['CredentialReportExpiredException', 'CredentialReportNotPresentException', 'CredentialReportNotReadyException'])(
    'that IAM does not give (%s) is unreadable',
    async (name) => {
      iam.on(GetCredentialReportCommand).rejects(fault(name));
      expect(await read()).toMatchObject({ found: false, why: 'unreadable', detail: expect.stringContaining(`${name} said IAM`) });
    },
  );

  test.each([GenerateCredentialReportCommand, GetCredentialReportCommand])(
    'that may not be made or read is unreadable',
    async (command) => {
      iam.on(command as typeof GetCredentialReportCommand).rejects(fault('AccessDenied'));
      expect(await read()).toMatchObject({
        found: false,
        why: 'unreadable',
        detail: 'the credential report may not be read: AccessDenied said IAM',
      });
    },
  );

  test('that is none is unreadable', async () => {
    iam.on(GetCredentialReportCommand).resolves({ Content: new TextEncoder().encode('<html>'), GeneratedTime: made });
    expect(await read()).toMatchObject({ found: false, detail: "the credential report can't be had now: it lacks the column `user`" });
  });

  test('is asked for again by the caller where IAM fails', async () => {
    iam.on(GenerateCredentialReportCommand).rejects(fault('Throttling'));
    await expect(read()).rejects.toThrow('Throttling');
    states('COMPLETE');
    iam.on(GetCredentialReportCommand).resolves({});
    await expect(read()).rejects.toThrow('IAM answered GetCredentialReport without a report');
  });
});
