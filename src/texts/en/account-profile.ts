/** What people say about themselves. */
export const accountProfile = {
  about: "Apps that you let see your profile are told your name.",
  language: "Language of our mails",
  languages: { en: "English", de: "Deutsch" },
  save: "Save",
  address: "Your e-mail address is {email}. You sign in with it, so it is changed under {link}.",
};
