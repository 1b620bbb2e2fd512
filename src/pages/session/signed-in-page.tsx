import type { Child } from "hono/jsx";
import { type Notices, noticeOn } from "../frame/notice.ts";
import { type PageHead, page } from "../frame/page.tsx";
import { SignedInAs } from "./signed-in-as.tsx";
import type { Visit } from "./visit.ts";

export interface SignedInHead extends PageHead {
  /** What may have been done on the way here. */
  notices?: Notices;
  /** Where to go on as somebody else. */
  returnPath?: string;
}

/** A page for whoever is signed in: what was just done, what it shows, and whose sign-in it is. */
export function signedInPage(
  visit: Visit,
  { notices = {}, returnPath, ...head }: SignedInHead,
  body: Child,
): Promise<Response> {
  const { http, caller, texts, formToken } = visit;
  const notice = noticeOn(visit, notices);
  return page(
    http,
    head,
    <>
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      {body}
      <SignedInAs
        texts={texts}
        caller={caller}
        formToken={formToken}
        {...(returnPath !== undefined && { returnPath })}
      />
    </>,
  );
}
