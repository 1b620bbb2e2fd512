/** Where something was asked from, and with what. */
export const places = {
  place: "Place",
  network: "Network",
  address: "Address",
  program: "Device",
  firstSeen: "First seen",
  unknown: "Unknown",
  browserOn: "{browser} on {system}",
};
