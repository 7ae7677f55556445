#!/usr/bin/env node
import { CommanderError } from 'commander';
import { visible } from '../schemas/visible-text.ts';
import type { ExitStatus } from './exit-status.ts';
import { asked, misuse } from './misuse.ts';
import { createProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

// The SDK is pinned and runs on this Node: what its later versions will need is nothing to tell whoever runs a command
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const terminal = processTerminal();
process.exitCode = await main(process.argv.slice(2), terminal);

async function main(words: readonly string[], to: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = createProgram(to, (reached) => {
    status = reached;
  });
  try {
    await program.parseAsync(asked(words, program), { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander ends with 1 where this command promises 2
      if (error.exitCode === 0) return 0;
      const misused = misuse(error, words, program);
      if (misused !== undefined) to.err(`trailguard: ${misused}`);
      return 2;
    }
    to.err(`trailguard: ${described(error, words.includes('--debug'))}`);
    return 2;
  }
}

function described(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return visible(String(error));
  if (debug) return error.stack ?? error.message;
  return error instanceof UsageError ? error.message : `${visible(error.message)} (unexpected: run it again with --debug to see where)`;
}
