import { rules } from '../../../analyzers/registry.ts';
import { type CheckedDocument, checkDocument } from '../../../cli/check/check-document.ts';
import { documentsIn } from '../../../cli/check/inputs/documents-in.ts';

/** What `check` says of the documents in a file, in short: `Admin: critical admin-access`, `Narrow: clean`, or a fault. */
export async function told(file: string, name = 'template.yaml'): Promise<string[]> {
  const read = await documentsIn(name, file);
  if ('nothing' in read) return [`nothing: ${read.nothing}`];
  const faults = read.faults.map(({ message, line, column }) => `${line}:${column}: ${message}`);
  return [
    ...read.documents.flatMap((document) => words(checkDocument(document, rules))),
    ...faults,
    ...read.unknown.map((resource) => `${resource}: unknown`),
  ];
}

/** The documents in a file, judged. */
export async function judged(file: string, name = 'template.yaml'): Promise<CheckedDocument[]> {
  const read = await documentsIn(name, file);
  return 'documents' in read ? read.documents.map((document) => checkDocument(document, rules)) : [];
}

function words({ resource = '', findings, errors }: CheckedDocument): string[] {
  const each = [...findings.map(({ severity, rule }) => `${severity} ${rule}`), ...errors.map(({ message }) => message)];
  return (each.length > 0 ? each : ['clean']).map((word) => `${resource}: ${word}`);
}
