import * as z from "zod";
import { email, flag, password, personName, scopes, token } from "../fields.ts";

export const credentials = z.object({ email, password });

export const refreshToken = z.object({ refreshToken: token });

export const registration = z.object({ email, password, name: personName });

export const forgottenPassword = z.object({ email });

export const newPassword = z.object({ token, password });

export const mailedToken = z.object({ token });

export const deviceStart = z
  .object({ clientId: token, scopes: scopes.optional() })
  .transform(({ clientId, scopes = null }) => ({ clientId, scopes }));

export const devicePoll = z.object({ deviceCode: token, clientId: token });

export const deviceDecision = z
  .object({ userCode: token, approve: flag.optional(), scopes: scopes.optional() })
  .transform(({ userCode, approve = true, scopes = null }) => ({ userCode, approve, scopes }));
