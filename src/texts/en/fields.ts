/** Fields that stand on several pages, and what is wrong with what was typed. */
export const fields = {
  email: "E-mail address",
  emailMissing: "Enter your e-mail address, such as name@example.com.",
  password: "Password",
  newPassword: "New password",
  passwordMissing: "Enter your password.",
  passwordTooLong: "A password has at most {most} characters here.",
  passwordHint:
    "At least {least} characters. A few words in a row are easy to remember and hard to guess.",
  name: "Your name",
  nameUnreadable: "A name has at most {mostOfName} characters here, all of them readable.",
  code: "Code",
  tooManyAttempts: "Too many attempts. {comeBack}",
  tooManyRequests: "Too many requests. {comeBack}",
};
