/** The superadmin that the default tenant of every development server begins with. */
export const developmentAccount = {
  email: "admin@latchkey.test",
  /** In clear, as it protects nothing but a local database. */
  password: "latchkey-development-only",
};

/** A second tenant, without users: its first registration makes its superadmin. */
export const developmentTenant = { slug: "acme", name: "Acme" };

/** Where mailed links of the default tenant may lead: our own pages can stand for such a site. */
export const developmentFrontEnd = { alias: "demo-studio" };
