/** Writes docs/messages.md: what each channel makes of one verdict of the example trail. `--check` compares instead. */
import { rules } from '../analyzers/registry.ts';
import { exampleVerdict } from './example-verdict.ts';
import { writeOrCheck } from './generated-file.ts';
import { messagesPage } from './messages-page.ts';

/** A policy with all of DynamoDB on every table, written by a person signed in through IAM Identity Center. */
const event = '068739fa-9d1d-42a0-9d15-8a2ff2ee4e45';
/** Two by one actor that can wait. */
const [refusedCall, newUser] = ['fc241d0b-c9d4-48b1-8fbf-33609cfc8652', '3451d013-5675-46ad-b25b-55dd78572976'];

const { verdict, statementOf } = await exampleVerdict(event);
const [refused, created] = [await exampleVerdict(refusedCall), await exampleVerdict(newUser)];
const rationales = new Map(rules.map(({ id, rationale }) => [id, rationale]));
writeOrCheck(
  'docs/messages.md',
  messagesPage(verdict, [refused.verdict, created.verdict], { rationales, statementOf }),
  'the example trail and the channels',
);
