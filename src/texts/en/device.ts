/** Connecting a device by the code that it shows. */
export const device = {
  title: "Connect a device",
  codeHint: "Your device shows eight letters, such as BCDF-GHJK.",
  continue: "Continue",
  noCode: "That is not a code. Type the eight letters on your device.",
  confirm: {
    title: "Confirm a device",
    typed: "Connect this device?",
    readByYou:
      "Go on only if you read this code off the device yourself. If somebody sent or told it to you, deny: they would get into your account.",
    linked: "Does your device show this code?",
    asks: "{client} ({id}) wants to use your account.",
    madeBy:
      "It is said to be made by {owner}, which we have not checked: any device can claim to be.",
    madeByNobody:
      "Nobody has told us who makes it, and we have not checked its name: any device can claim one.",
    where: "Is it where you are?",
    device: "The device",
    you: "You",
    name: "Name this device (optional)",
    nameHint: "So that you know it again in the list of your devices.",
    suggestedName: "{client} on {system}",
    compared: "I can see the device, and it shows exactly this code.",
    notCompared:
      "Compare the code with the one on your device, and tick the box if they are the same. If your device shows another one or none, deny.",
    support:
      "Nobody from support will ever ask you for this code. If you did not start this yourself, deny.",
    approve: "Approve",
    deny: "Deny",
  },
  warning: {
    title: "Look twice",
    country: {
      different: "The device is in another country than you.",
      unknown: "We cannot tell whether the device is in the same country as you.",
    },
    network: {
      different:
        "The device is on another network than you. That is usual when one of you is on mobile data, and also when a stranger started this.",
      unknown: "We cannot tell whether the device is on the same network as you.",
    },
    whatToDo: "Approve only if the device is in front of you.",
  },
  placeDemanded: {
    title: "You cannot approve this from here",
    country:
      "This app lets in only devices that are in the same country as whoever approves. As far as we can see, yours is not.",
    network:
      "This app lets in only devices that are on the same network as whoever approves, in the same country. As far as we can see, yours is not.",
    whatToDo:
      "If the device is in front of you, go on with a phone or computer that is on the same network as the device, without a VPN, and type the code there. If it is not, deny.",
  },
  approved: {
    title: "Device approved",
    connected: "{client} is being signed in to your account now.",
    connectedAs: "{client} is being signed in to your account now, under the name {name}.",
    goBack: "You can close this page and go back to your device.",
    revoke: "You can end its access at any time where your sessions and devices are listed.",
    revokeLink: "Your sessions and devices",
  },
  denied: {
    title: "Device denied",
    refused:
      "{client} gets no access to your account. It is told so now, and its code no longer works.",
    notYours:
      "If you did not start this, somebody may have tried to get into your account. They got nothing, and you need do nothing more: only never type a code that somebody else gave you. If they know your password too, set a new one.",
    notYoursLink: "Set a new password",
    again: "If you denied it by mistake, start again on your device to get a new code.",
  },
  refusals: {
    user_code_unknown: "No device is waiting under that code. Check it and type it again.",
    user_code_expired: "That code has expired. Start again on your device to get a new one.",
    user_code_decided:
      "That code was used already. If you still need to connect, start again on your device.",
    place_differs:
      "This app lets in only devices that are where you are, and as far as we can see yours is not. Nothing was approved.",
    scope_not_allowed: "The device did not ask for that. Type the code again.",
    insufficient_scope:
      "This sign-in may not connect devices. Sign out and sign in with your password.",
    password_change_required:
      "Your password has to be changed first. Ask for a link to set a new one, then come back.",
    rate_limited: "Too many codes were tried.",
  },
};
