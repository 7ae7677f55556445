import type { MiddlewareObj } from '@middy/core';

/** Drops what the handler answers: nobody reads an asynchronous answer, and Lambda would hand it to the next in line. */
export const answerNothing = (): MiddlewareObj => ({
  after: (request) => {
    request.response = undefined;
  },
});
