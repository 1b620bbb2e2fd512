import type { Asked, TestService } from "../../support/service.ts";
import type { Send } from "./flow.ts";
import type { Scene, SignedInMember } from "./scene.ts";
import { told } from "./told.ts";

/** A request for an endpoint such as `POST /api/login`, ready to be sent. */
export function asks(service: TestService, endpoint: string, asked: Asked = {}): Send {
  const [method = "", path = ""] = endpoint.split(" ");
  return async () => told(await service.ask(path, { method, ...asked }));
}

type Ready<T> = T | ((who: SignedInMember, scene: Scene) => T | Promise<T>);

/** What prepares a request in the name of somebody who is signed in, whom nobody knows unless told. */
export function asksSignedIn(
  endpoint: Ready<string>,
  body: Ready<object | undefined> = undefined,
  whom: (scene: Scene) => Promise<SignedInMember> = ({ signedIn }) => signedIn(),
) {
  return async (scene: Scene): Promise<Send> => {
    const who = await whom(scene);
    const path = typeof endpoint === "function" ? await endpoint(who, scene) : endpoint;
    const sent = typeof body === "function" ? await body(who, scene) : body;
    return asks(scene.service, path, { bearer: who.bearer, ...(sent && { body: sent }) });
  };
}
