import { ResponseBodyError } from "openid-client";

/** Whether a client reports this OAuth error of the server's, and under this status. */
export function refusedWith(error: string, status = 400): (reported: unknown) => boolean {
  return (reported) =>
    reported instanceof ResponseBodyError && reported.error === error && reported.status === status;
}
