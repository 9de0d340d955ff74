//! What lies on the desk's shelf, by the words of its kinds: one list, so that nothing takes another's place.

/// A link with which one person signs in once; the value is the person's id.
pub const INVITATION: &str = "invitation";
/// That somebody is signed in.
pub const SESSION: &str = "session";
/// A passkey that somebody registered.
pub const PASSKEY: &str = "passkey";
/// Which account at the sign-in provider signs which person in.
pub const BINDING: &str = "binding";
/// That somebody asked for that.
pub const BINDING_ASKED: &str = "binding-asked";
/// That an answer of the sign-in provider was used.
pub const OPENID_USED: &str = "openid-used";
/// What somebody set for themselves on the web.
pub const SETTINGS: &str = "settings";
/// The certificate under which a process serves the desk, by process.
pub const CERTIFICATE: &str = "certificate";
/// Up to where the mailbox was read.
pub const MAILBOX: &str = "mailbox";
/// A token of the interface for programs, by its text.
pub const TOKEN: &str = "token";
/// When a token was last used, by its id.
pub const TOKEN_SEEN: &str = "token-seen";
/// What a program asked to be done once, and what it was answered.
pub const ONCE: &str = "once";
/// Something that waits to go out.
pub const OUTGOING: &str = "outgoing";
/// That a process has it in hand.
pub const OUTGOING_IN_HAND: &str = "outgoing-in-hand";
/// That news was put there, so that it is not put there again.
pub const TOLD: &str = "told";
/// Up to where in the log was looked for news.
pub const NEWS_PLACE: &str = "news-place";
