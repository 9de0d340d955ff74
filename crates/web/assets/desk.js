// What a page cannot do without a script: passkeys. Everything else works without this file.
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const set = (form, name, value) => { form.elements.namedItem(name).value = value; };

  // Shows, asks the passkey for its signature over the challenge, and sends the form.
  const sign = async (form) => {
    const allowed = (form.dataset.credentials || "").split(" ").filter(Boolean);
    const answer = await navigator.credentials.get({
      publicKey: {
        challenge: bytes(form.dataset.challenge),
        rpId: form.dataset.host,
        userVerification: "required",
        allowCredentials: allowed.map((id) => ({ type: "public-key", id: bytes(id) })),
      },
    });
    set(form, "credential", answer.id);
    set(form, "authenticator", text(answer.response.authenticatorData));
    set(form, "client", text(answer.response.clientDataJSON));
    set(form, "signature", text(answer.response.signature));
    form.submit();
  };

  const register = async (form) => {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(form.dataset.challenge),
        rp: { id: form.dataset.host, name: form.dataset.provider },
        user: { id: bytes(form.dataset.user), name: form.dataset.person, displayName: form.dataset.person },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
      },
    });
    set(form, "credential", made.id);
    set(form, "key", text(made.response.getPublicKey()));
    set(form, "authenticator", text(made.response.getAuthenticatorData()));
    set(form, "client", text(made.response.clientDataJSON));
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = document.getElementById(form.dataset.failed);
    if (!window.PublicKeyCredential) {
      if (failed) failed.hidden = false;
      continue;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const act = form.dataset.passkey === "register" ? register : sign;
      act(form).catch(() => {
        if (failed) {
          failed.hidden = false;
          failed.focus();
        }
      });
    });
  }
})();
