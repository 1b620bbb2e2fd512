/** Where somebody is, as the edge tells the Worker of every request. */
export interface Place {
  city: string;
  country: string;
  /** The network. */
  asOrganization: string;
}

/** Where everybody is unless a test is about places. */
export const HOME: Place = { city: "Bremen", country: "DE", asOrganization: "Weser Telecom" };

/** Another country, and another network. */
export const ABROAD: Place = { city: "Recife", country: "BR", asOrganization: "Rede Livre" };

/**
 * The headers of whoever is there. The second is how workerd's own development server is told what the
 * edge knows; neither gets past the edge itself.
 */
export function headersFrom(address: string, place: Place): Record<string, string> {
  return { "cf-connecting-ip": address, "mf-cf-blob": JSON.stringify(place) };
}
