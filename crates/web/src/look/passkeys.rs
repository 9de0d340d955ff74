//! The forms of passkeys: to sign in with one, to make one, to forget one. The same for people of the desk and
//! for officers at the door.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lagrum_documents::Phrases;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::{Field, Note, button, field, note};

/// Who makes a passkey, and where.
pub(crate) struct Making<'m> {
    pub(crate) challenge: &'m str,
    /// The host to which it is bound.
    pub(crate) host: &'m str,
    pub(crate) provider: &'m str,
    pub(crate) id: &'m str,
    pub(crate) name: &'m str,
    /// What is said of it.
    pub(crate) what: &'m str,
}

/// What is said where signing in failed.
pub(crate) fn sign_in_failed(phrases: &Phrases) -> Markup {
    failed(phrases, "web-sign-in-failed")
}

fn failed(phrases: &Phrases, name: &str) -> Markup {
    note(Note::Refused, html! { p { (phrases.word(name)) } })
}

/// What the script shows when the passkey did not answer, and what is shown where there is no script.
fn without(phrases: &Phrases, name: &str) -> Markup {
    html! {
        div #failed hidden tabindex="-1" { (failed(phrases, name)) }
        noscript { (note(Note::Warning, html! { p { (phrases.word("web-sign-in-script")) } })) }
    }
}

/// The form with which somebody signs in, and goes on to `next`.
pub(crate) fn sign_in_form(phrases: &Phrases, host: &str, challenge: &str, next: &str) -> Markup {
    html! {
        (without(phrases, "web-sign-in-failed"))
        form.stack action="/sign-in" method="post" data-passkey="sign" data-failed="failed"
            data-challenge=(challenge) data-host=(host) {
            input type="hidden" name="challenge" value=(challenge);
            input type="hidden" name="next" value=(next);
            (answer_fields())
            (button(&phrases.word("web-sign-in-button"), html! {}))
        }
    }
}

/// Where the script writes what the passkey answered.
pub(crate) fn answer_fields() -> Markup {
    html! {
        @for name in ["credential", "authenticator", "client", "signature"] {
            input type="hidden" name=(name) value="";
        }
    }
}

/// The part of a person's own page on which they make a passkey.
pub(crate) fn make(phrases: &Phrases, one: &Making<'_>) -> Markup {
    let user = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(one.id.as_bytes())[..16]);
    html! {
        h2 { (phrases.word("web-passkey-new")) }
        p { (one.what) }
        (without(phrases, "web-passkey-failed"))
        form.stack action="/you/passkeys" method="post" data-passkey="register" data-failed="failed"
            data-challenge=(one.challenge) data-host=(one.host)
            data-provider=(one.provider) data-person=(one.name) data-user=(user) {
            input type="hidden" name="challenge" value=(one.challenge);
            @for name in ["credential", "key", "authenticator", "client"] {
                input type="hidden" name=(name) value="";
            }
            (field(&Field {
                name: "name",
                label: &phrases.word("web-passkey-name"),
                hint: &phrases.word("web-passkey-name-hint"),
                required: true,
                ..Field::default()
            }))
            (button(&phrases.word("web-passkey-make"), html! {}))
        }
    }
}

/// What is said where making a passkey failed.
pub(crate) fn make_failed(phrases: &Phrases) -> Markup {
    failed(phrases, "web-passkey-failed")
}

/// The form that forgets a passkey.
pub(crate) fn forget(phrases: &Phrases, credential: &str, name: &str) -> Markup {
    html! {
        form action="/you/passkeys/remove" method="post" {
            input type="hidden" name="credential" value=(credential);
            button { (phrases.word("web-passkey-remove")) span.hidden { " " (name) } }
        }
    }
}

/// The end of a person's own page.
pub(crate) fn way_out(phrases: &Phrases) -> Markup {
    html! {
        h2 { (phrases.word("web-sign-out-title")) }
        form action="/sign-out" method="post" { button { (phrases.word("web-sign-out")) } }
    }
}
