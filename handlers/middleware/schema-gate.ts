import type { MiddlewareObj } from '@middy/core';
import { validateEnvelope } from '../../schemas/validate.ts';

/** Lets through only an envelope of a CloudTrail record of IAM; anything else throws, and ends in the failure queue after Lambda's retries. */
export const schemaGate = (): MiddlewareObj => ({
  before: (request) => {
    validateEnvelope(request.event);
  },
});
