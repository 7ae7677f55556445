// Generated from schemas/*.ts by `npx tsx scripts/generate-validators.ts`. Do not edit.
import type { ErrorObject } from 'ajv';

export interface CompiledValidator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

export declare const record: CompiledValidator;
export declare const envelope: CompiledValidator;
export declare const configuration: CompiledValidator;
export declare const verdict: CompiledValidator;
export declare const userRequest: CompiledValidator;
export declare const verdictEnvelope: CompiledValidator;
export declare const sweepEnvelope: CompiledValidator;
