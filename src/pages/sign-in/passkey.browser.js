// Passkeys, in the browser: asks an authenticator for what a form says and posts its answer with the
// form. The forms are hidden until this finds that there is something to ask.

/** What is pending at the authenticator: asking for something else takes its place. */
let pending = new AbortController();

if ("PublicKeyCredential" in window) {
  for (const form of document.forms) {
    if (form.dataset.passkey) {
      offer(form);
    }
  }
  for (const substitute of document.querySelectorAll("[data-without-passkeys]")) {
    substitute.remove();
  }
}

/** @param {HTMLFormElement} form */
async function offer(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  const { autofill } = form.dataset;
  const offersInFields =
    autofill && (await PublicKeyCredential.isConditionalMediationAvailable?.());
  form.hidden = false;
  // Beside the saved passwords, for who begins to type.
  if (offersInFields) {
    ask(form, "conditional");
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {CredentialMediationRequirement} [mediation]
 */
async function ask(form, mediation) {
  pending.abort();
  pending = new AbortController();
  const { passkey, options = "" } = form.dataset;
  const request = {
    publicKey: withBytes(JSON.parse(options)),
    signal: pending.signal,
    ...(mediation && { mediation }),
  };
  say(form, "");
  try {
    const credential =
      passkey === "create"
        ? await navigator.credentials.create(request)
        : await navigator.credentials.get(request);
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("answer"));
    field.value = answerOf(/** @type {PublicKeyCredential} */ (credential));
    form.submit();
  } catch (error) {
    const { name } = /** @type {DOMException} */ (error);
    if (name !== "AbortError" && !mediation) {
      const problems = JSON.parse(form.dataset.problems ?? "");
      say(form, problems[name] ?? problems.other);
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function say(form, text) {
  const status = form.querySelector("[role=status]");
  if (status) {
    status.textContent = text;
  }
}

// What follows is PublicKeyCredential.parseRequestOptionsFromJSON and toJSON, for browsers of 2023.

/** @param {any} options */
function withBytes({ challenge, user, allowCredentials = [], excludeCredentials = [], ...rest }) {
  const named = (/** @type {{ id: string }[]} */ credentials) =>
    credentials.map((credential) => ({ ...credential, id: bytesOf(credential.id) }));
  return {
    ...rest,
    challenge: bytesOf(challenge),
    user: user && { ...user, id: bytesOf(user.id) },
    allowCredentials: named(allowCredentials),
    excludeCredentials: named(excludeCredentials),
  };
}

/** @param {PublicKeyCredential} credential */
function answerOf({ id, type, response }) {
  const parts = /** @type {AuthenticatorAttestationResponse & AuthenticatorAssertionResponse} */ (
    response
  );
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = parts;
  const bytes = { clientDataJSON, attestationObject, authenticatorData, signature, userHandle };
  const texts = Object.entries(bytes).map(([name, value]) => [name, value && textOf(value)]);
  const answer = { ...Object.fromEntries(texts), transports: parts.getTransports?.() };
  return JSON.stringify({ id, rawId: id, type, response: answer, clientExtensionResults: {} });
}

/** @param {string} text in base64url */
function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer} bytes */
function textOf(bytes) {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
