/**
 * Somebody else has the row by now, or it was closed: whoever finds that out stops where they are, and
 * writes nothing over what was written since.
 */
export class LeaseLost extends Error {
  override name = 'LeaseLost';

  constructor() {
    super('The lease was lost.');
  }
}
