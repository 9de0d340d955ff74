// A key that is made in the officer's browser and stays there: its secret part is saved as a file, and
// only its public part is put into the form.
"use strict";

(() => {
  const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

  const polymod = (values) => {
    let sum = 1;
    for (const value of values) {
      const top = sum >>> 25;
      sum = ((sum & 0x1ffffff) << 5) ^ value;
      for (let bit = 0; bit < 5; bit += 1) if ((top >>> bit) & 1) sum ^= GENERATOR[bit];
    }
    return sum;
  };

  // Bech32 (BIP 173), as age writes keys (age-encryption.org/v1).
  const bech32 = (prefix, bytes) => {
    const five = [];
    let held = 0;
    let bits = 0;
    for (const byte of bytes) {
      held = (held << 8) | byte;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        five.push((held >>> bits) & 31);
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) five.push((held << (5 - bits)) & 31);
    const codes = [...prefix].map((c) => c.charCodeAt(0));
    const expanded = [...codes.map((c) => c >>> 5), 0, ...codes.map((c) => c & 31)];
    const sum = polymod([...expanded, ...five, 0, 0, 0, 0, 0, 0]) ^ 1;
    const check = [0, 1, 2, 3, 4, 5].map((at) => (sum >>> (5 * (5 - at))) & 31);
    return `${prefix}1${[...five, ...check].map((value) => LETTERS[value]).join("")}`;
  };

  const save = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const make = async (form) => {
    const pair = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
    const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    // RFC 8410: the secret is the last 32 bytes of the PKCS #8 form.
    const secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey)).slice(-32);
    const key = bech32("age", open);
    save(`# public key: ${key}\n${bech32("age-secret-key-", secret).toUpperCase()}\n`, "answers.key");
    form.elements.namedItem("key").value = key;
  };

  for (const form of document.querySelectorAll("form[data-make-key]")) {
    const [made, unable] = ["made", "unable"].map((id) => document.getElementById(id));
    const [maker, offer] = [form.querySelector("[data-make]"), form.querySelector("[data-offer]")];
    const show = (one) => {
      one.hidden = false;
      one.focus();
    };
    form.hidden = false;
    maker.addEventListener("click", () => {
      make(form).then(
        () => {
          offer.disabled = false;
          maker.disabled = true;
          show(made);
        },
        () => show(unable),
      );
    });
  }
})();
