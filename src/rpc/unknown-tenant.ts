/** The binding names a tenant that there is not: its Worker has to be configured anew. */
export class UnknownTenant extends Error {
  override readonly name = "UnknownTenant";

  constructor() {
    super("No tenant has the slug that `props.tenant` of this service binding names.");
  }
}
