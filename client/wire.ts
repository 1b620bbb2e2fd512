/** What is asked, and what comes back. Written by `npm run client-types` from src/reference/openapi.json. */
export interface Wire {
  /** Sign in with a password; with a second factor, its first step. */
  "POST /api/login": {
    json: {
      email: string;
      password: string;
    };
    answer:
      | {
          accessToken: string;
          refreshToken: string;
          /** Seconds that the access token lives. */
          expiresIn: number;
          tokenType: "Bearer";
          user: {
            id: string;
            email: string;
            name: string | null;
            emailVerified: boolean;
          };
        }
      | {
          mfaRequired: true;
          mfaToken: string;
        };
  };
  /** Give the second factor, by a code or a recovery code. */
  "POST /api/login/mfa": {
    json: {
      mfaToken: string;
      code?: string;
      recoveryCode?: string;
    } & (
      | {
          code: string;
        }
      | {
          recoveryCode: string;
        }
    );
    answer: {
      accessToken: string;
      refreshToken: string;
      /** Seconds that the access token lives. */
      expiresIn: number;
      tokenType: "Bearer";
      user: {
        id: string;
        email: string;
        name: string | null;
        emailVerified: boolean;
      };
    };
  };
  /** Get the next pair of tokens for a refresh token, which is spent. */
  "POST /api/auth/refresh": {
    json: {
      refreshToken: string;
    };
    answer: {
      accessToken: string;
      refreshToken: string;
      /** Seconds that the access token lives. */
      expiresIn: number;
      tokenType: "Bearer";
    };
  };
  /** List one's API keys. */
  "GET /api/user/api-keys": {
    answer: {
      data: {
        id: string;
        name: string;
        /** How the key begins. */
        prefix: string;
        scopes: string[];
        created_at: string;
        expires_at: string | null;
        last_used_at: string | null;
      }[];
      meta: {
        total: number;
      };
    };
  };
  /** Make an API key, which is shown this once. */
  "POST /api/user/api-keys": {
    json: {
      /** On one line. Spaces around it are taken off. */
      name: string;
      scopes: string[];
      /** In the future. Without it the key does not expire. */
      expires_at?: string | null;
    };
    answer: {
      data: {
        id: string;
        name: string;
        /** How the key begins. */
        prefix: string;
        scopes: string[];
        created_at: string;
        expires_at: string | null;
        /** Shown this once. */
        key: string;
      };
    };
  };
  /** Delete an API key. */
  "DELETE /api/user/api-keys/{id}": { answer: null };
  /** List the living sessions. */
  "GET /auth/{id}/sessions": {
    answer: {
      statusCode: 200;
      message: string;
      data: {
        id: string;
        userId: string;
        expiresAt: string;
        createdAt: string;
        /** JSON: browser, os, deviceType, rawDetail and ip. */
        clientInfo: string;
        sessionType: "user-session";
      }[];
    };
  };
  /** End a session. */
  "DELETE /auth/{id}/sessions": {
    answer: {
      statusCode: 200;
      message: string;
    };
  };
  /** End all other sessions. */
  "DELETE /api/auth/tokens": {
    answer: {
      revoked_count: number;
    };
  };
  /** Sign out. */
  "POST /auth/signout": {
    json: {
      /** Which to end; the one that asks, where none is listed. */
      sessions?: string[] | null;
    };
    answer: {
      statusCode: 200;
      message: string;
    };
  };
  /** What a client has to know of this server (RFC 8414). */
  "GET /.well-known/oauth-authorization-server": {
    answer: {
      issuer: string;
      authorization_endpoint: string;
      token_endpoint: string;
      device_authorization_endpoint: string;
      revocation_endpoint: string;
      introspection_endpoint: string;
      userinfo_endpoint: string;
      jwks_uri: string;
      scopes_supported: string[];
      response_types_supported: "code"[];
      response_modes_supported: "query"[];
      grant_types_supported: string[];
      subject_types_supported: "public"[];
      id_token_signing_alg_values_supported: "ES256"[];
      token_endpoint_auth_methods_supported: (
        | "none"
        | "client_secret_basic"
        | "client_secret_post"
      )[];
      revocation_endpoint_auth_methods_supported: (
        | "none"
        | "client_secret_basic"
        | "client_secret_post"
      )[];
      introspection_endpoint_auth_methods_supported: (
        | "client_secret_basic"
        | "client_secret_post"
      )[];
      code_challenge_methods_supported: "S256"[];
      authorization_response_iss_parameter_supported: true;
      prompt_values_supported: string[];
      claims_supported: string[];
      request_parameter_supported: false;
      request_uri_parameter_supported: false;
      claims_parameter_supported: false;
      /** The most that `Prefer: wait` is given. */
      device_poll_wait_seconds_supported: number;
      device_wait_endpoint: string;
      device_code_challenge_methods_supported: "S256"[];
    };
  };
  /** Start a device grant. */
  "POST /oauth/device_authorization": {
    form: {
      scope?: string;
      resource?: string[];
      /** SHA-256 of the verifier, in base64url. */
      code_challenge?: string;
      /** With a code_challenge, and not without it. */
      code_challenge_method?: "S256";
      /** Has to be there, unless Basic is used. */
      client_id?: string;
      /** Of a client that has one, unless Basic is used. */
      client_secret?: string;
    };
    answer: {
      device_code: string;
      user_code: string;
      verification_uri: string;
      verification_uri_complete: string;
      /** Seconds that the codes live. */
      expires_in: number;
      /** Seconds to wait between polls; five more after each `slow_down`. */
      interval: number;
    };
  };
  /** Get tokens for a code, a device code, a refresh token, or a client itself. */
  "POST /oauth/token": {
    form:
      | {
          grant_type: "authorization_code";
          code: string;
          redirect_uri?: string;
          code_verifier?: string;
          resource?: string[];
          /** Has to be there, unless Basic is used. */
          client_id?: string;
          /** Of a client that has one, unless Basic is used. */
          client_secret?: string;
        }
      | {
          grant_type: "refresh_token";
          refresh_token: string;
          scope?: string;
          resource?: string[];
          /** Has to be there, unless Basic is used. */
          client_id?: string;
          /** Of a client that has one, unless Basic is used. */
          client_secret?: string;
        }
      | {
          grant_type: "client_credentials";
          scope?: string;
          resource?: string[];
          /** Has to be there, unless Basic is used. */
          client_id?: string;
          /** Of a client that has one, unless Basic is used. */
          client_secret?: string;
        }
      | {
          grant_type: "urn:ietf:params:oauth:grant-type:device_code";
          device_code: string;
          code_verifier?: string;
          resource?: string[];
          /** Has to be there, unless Basic is used. */
          client_id?: string;
          /** Of a client that has one, unless Basic is used. */
          client_secret?: string;
        };
    answer: {
      access_token: string;
      token_type: "Bearer";
      /** Seconds that the access token lives. */
      expires_in: number;
      /** Scopes, with a space between them. */
      scope?: string;
      /** Where the client may refresh. */
      refresh_token?: string;
      /** Where `openid` was granted. */
      id_token?: string;
    };
  };
  /** End a token and its session. */
  "POST /oauth/revoke": {
    form: {
      token: string;
      /** Has to be there, unless Basic is used. */
      client_id?: string;
      /** Of a client that has one, unless Basic is used. */
      client_secret?: string;
    };
    answer: null;
  };
  /** Tell who signed in. */
  "GET /oauth/userinfo": {
    answer: {
      sub: string;
      name?: string;
      given_name?: string;
      family_name?: string;
      picture?: string;
      zoneinfo?: string;
      locale?: string;
      updated_at?: number;
      email?: string;
      email_verified?: boolean;
    };
  };
}
