/** Tells password managers whose password it is: nobody sees it, and nothing reads it. */
export function Username({ email }: { email: string }) {
  return <input type="email" autocomplete="username" value={email} readonly hidden />;
}
