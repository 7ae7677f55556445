/**
 * The fields of one line of CSV where it is well-formed (RFC 4180: a field is quoted whole, doubling the quotes in it, or holds no quote
 * at all), or undefined.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvFields(line: string): string[] | undefined {
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  const fields: string[] = [];
  for (;;) {
    const found = field.exec(line);
    if (found === null) return undefined;
    const [, quoted, plain = '', end] = found;
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '') return fields;
  }
}
