/** A site of a tenant's own that mailed links may lead to. */
export interface FrontEnd {
  id: string;
  alias: string;
  /** Without a slash at its end. */
  url: string;
  createdAt: Date;
  changedAt: Date;
}

export interface FrontEnds {
  list(tenantId: string): Promise<FrontEnd[]>;
}
