//! What a file is that describes no demand: most of what authorities send.

use std::fmt;

use serde::Serialize;

/// What kind of file something is, as far as its first bytes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A document in PDF.
    Pdf,
    /// A picture, such as a scan, a fax or a photograph (PNG, JPEG, TIFF, GIF).
    Image,
    /// A mail as it was sent (RFC 5322).
    Mail,
    /// A ZIP file, which newer office documents are as well.
    Zip,
    /// A compound file: a message saved by Outlook, or an older office document.
    Compound,
    /// XML or HTML.
    Markup,
    /// Text in other words than those of a demand file.
    Text,
    /// Something else that is no text.
    Other,
}

impl FileKind {
    /// The kind of `bytes`; none if they are text that is meant to describe a demand.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        const BEGINNINGS: [(&[u8], FileKind); 8] = [
            (b"%PDF-", FileKind::Pdf),
            (b"\x89PNG\r\n", FileKind::Image),
            (b"\xff\xd8\xff", FileKind::Image),
            (b"II*\0", FileKind::Image),
            (b"MM\0*", FileKind::Image),
            (b"GIF8", FileKind::Image),
            (b"PK\x03\x04", FileKind::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Compound),
        ];
        let known = BEGINNINGS
            .iter()
            .find(|(beginning, _)| bytes.starts_with(beginning));
        if let Some((_, kind)) = known {
            return Some(*kind);
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Some(if is_mail(bytes) {
                Self::Mail
            } else {
                Self::Other
            });
        };
        let begins = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        match begins.chars().next() {
            Some('<') => Some(Self::Markup),
            Some('{') => None,
            _ if text.contains("lagrum-demand") || text.lines().any(is_toml) => {
                is_mail(bytes).then_some(Self::Mail)
            }
            _ if is_mail(bytes) => Some(Self::Mail),
            _ => Some(Self::Text),
        }
    }

    /// The word in JSON and in names of phrases.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Mail => "mail",
            Self::Zip => "zip",
            Self::Compound => "compound",
            Self::Markup => "markup",
            Self::Text => "text",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "it is a PDF document",
            Self::Image => "it is a picture",
            Self::Mail => "it is a mail",
            Self::Zip => "it is a ZIP file or an office document",
            Self::Compound => "it is an Outlook message or an older office document",
            Self::Markup => "it is XML or HTML",
            Self::Text => "it is other text",
            Self::Other => "it is no text",
        })
    }
}

/// Whether a line is one of TOML: the head of a table, or a field.
fn is_toml(line: &str) -> bool {
    let name = |text: &str| {
        let mut chars = text.chars();
        !text.is_empty() && chars.all(|c| c.is_ascii_lowercase() || "_-.".contains(c))
    };
    let line = line.trim();
    match line.strip_prefix('[') {
        Some(head) => name(head.trim_matches(['[', ']', ' '])) && line.ends_with(']'),
        None => line
            .split_once('=')
            .is_some_and(|(field, _)| name(field.trim_end())),
    }
}

/// Whether the first lines are fields of a mail's header, a sender or a path among them.
fn is_mail(bytes: &[u8]) -> bool {
    let mut named = false;
    for (at, line) in bytes.split(|byte| *byte == b'\n').take(60).enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return named;
        }
        if at > 0 && matches!(line[0], b' ' | b'\t') {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return false;
        };
        let field = line[..colon].to_ascii_lowercase();
        if field.is_empty() || field.iter().any(|byte| !(33..127).contains(byte)) {
            return false;
        }
        named |= matches!(
            field.as_slice(),
            b"from" | b"received" | b"return-path" | b"message-id" | b"mime-version"
        );
    }
    named
}
