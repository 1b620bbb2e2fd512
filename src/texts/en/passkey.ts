/** What the browser says when nothing came of asking an authenticator, by its exceptions' names. */
export const passkey = {
  problems: {
    get: {
      NotAllowedError: "No passkey was used. Try once more, or go on another way.",
      SecurityError: "Passkeys do not work at this address.",
      other: "Your browser could not use a passkey. Try once more, or go on another way.",
    },
    create: {
      NotAllowedError: "No passkey was made. Try once more when you are ready.",
      InvalidStateError: "There is a passkey for your account on this device already.",
      NotSupportedError: "This device cannot keep passkeys. Try with another one.",
      ConstraintError: "This device cannot keep passkeys. Try with another one.",
      SecurityError: "Passkeys do not work at this address.",
      other: "Your browser could not make a passkey. Try once more.",
    },
  },
};
