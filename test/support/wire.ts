import { randomAddress, type TestService } from "./service.ts";

/** An answer to the byte: its status, every header but the request's own id, and the body's text. */
export async function onTheWire(
  service: TestService,
  path: string,
  body: object,
  address = randomAddress(),
) {
  const response = await service.fetch(
    new Request(service.settings.publicUrl + path, {
      method: "POST",
      headers: { "content-type": "application/json", "cf-connecting-ip": address },
      body: JSON.stringify(body),
    }),
  );
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id");
  return { status: response.status, headers, text: await response.text() };
}
