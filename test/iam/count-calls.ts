import type { IAMClient } from '@aws-sdk/client-iam';

/** The calls that a client makes from now on, by name, in order. A retry is part of its call. */
export function countCalls(client: IAMClient): string[] {
  const calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.push((commandName ?? '').replace(/Command$/, ''));
        return next(args);
      },
    { step: 'initialize', name: 'countCalls' },
  );
  return calls;
}
