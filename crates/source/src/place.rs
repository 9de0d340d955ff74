//! Where accounts lie below the root of a source.

use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use lagrum_model::EmailAddress;

/// What is wrong with a place below a root, if something is.
#[must_use]
pub fn place_fault(place: &Path) -> Option<&'static str> {
    let inside = place
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if place.as_os_str().is_empty() {
        Some("is empty; write the place below the root, or `.` for the root itself")
    } else if !inside {
        Some("must lie below the root: write it without a leading `/` and without `..`")
    } else if place.as_os_str().as_bytes().contains(&0) {
        Some("holds a NUL byte, which no path can")
    } else {
        None
    }
}

/// One rule for the places of all accounts, in the words of Dovecot: `%u` is the whole address, `%n`
/// the part before the `@`, `%d` the domain, all in small letters, and `%%` a percent sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Whole,
    Local,
    Domain,
}

impl Template {
    /// Reads a template, for example `%d/%n/Maildir`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('%') {
            pieces.push(Piece::Text(before.to_owned()));
            let mut letters = after.chars();
            pieces.push(match letters.next() {
                Some('u') => Piece::Whole,
                Some('n') => Piece::Local,
                Some('d') => Piece::Domain,
                Some('%') => Piece::Text("%".to_owned()),
                _ => {
                    return Err(format!(
                        "`{text}`: after `%` only u (the whole address), n (what stands before the @), d (the domain) and % are known; for places of another rule give the table of accounts a column"
                    ));
                }
            });
            rest = letters.as_str();
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let template = Self(pieces);
        if !template
            .0
            .iter()
            .any(|piece| matches!(piece, Piece::Whole | Piece::Local))
        {
            return Err(format!(
                "`{text}` is the same place for many accounts; write %u or %n where they differ"
            ));
        }
        let example = template.filled("a@b", "a", "b");
        match place_fault(&example) {
            Some(why) => Err(format!("`{text}` {why}")),
            None => Ok(template),
        }
    }

    /// The place of an account.
    ///
    /// # Errors
    /// When its name is one with which the place would lie elsewhere.
    pub fn place_of(&self, account: &EmailAddress) -> Result<PathBuf, String> {
        let whole = account.normal();
        let (local, domain) = whole.rsplit_once('@').unwrap_or((whole, ""));
        for part in [local, domain] {
            let elsewhere = part.contains(['/', '\0']) || matches!(part, "" | "." | "..");
            if elsewhere || part.chars().any(char::is_control) {
                return Err(format!(
                    "`{part}` would make its place lie elsewhere; say in `none` that the source has nothing of it, or give the table of accounts a column for places"
                ));
            }
        }
        let place = self.filled(whole, local, domain);
        match place_fault(&place) {
            Some(why) => Err(format!("its place `{}` {why}", place.display())),
            None => Ok(place),
        }
    }

    /// Whether no two addresses have one place by it, and no place of the one lies within the other's, whatever they
    /// are: the whole address is one part of the path with nothing else that varies, or its two halves are.
    #[must_use]
    pub fn tells_all_apart(&self) -> bool {
        let mut parts: Vec<Vec<&Piece>> = vec![Vec::new()];
        for piece in &self.0 {
            let text = match piece {
                Piece::Text(text) => text.as_str(),
                _ => "",
            };
            for _ in text.matches('/') {
                parts.push(Vec::new());
            }
            if let (false, Some(part)) = (matches!(piece, Piece::Text(_)), parts.last_mut()) {
                part.push(piece);
            }
        }
        let alone = |wanted: &Piece| parts.iter().any(|part| **part == [wanted]);
        alone(&Piece::Whole) || alone(&Piece::Local) && alone(&Piece::Domain)
    }

    fn filled(&self, whole: &str, local: &str, domain: &str) -> PathBuf {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Whole => whole,
            Piece::Local => local,
            Piece::Domain => domain,
        });
        pieces.collect::<String>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(template: &str, address: &str) -> Result<String, String> {
        let account = EmailAddress::parse(address).expect(address);
        let place = Template::parse(template)?.place_of(&account)?;
        Ok(place.to_str().expect("text").to_owned())
    }

    #[test]
    fn a_template_is_filled_with_the_parts_of_the_address_in_small_letters() {
        for (template, filled) in [
            ("%d/%n/Maildir", "b.example/bo+x/Maildir"),
            ("%u", "bo+x@b.example"),
            ("users/%u.mbox", "users/bo+x@b.example.mbox"),
            ("%n", "bo+x"),
            ("100%%/%n", "100%/bo+x"),
        ] {
            assert_eq!(place(template, "Bo+x@B.example").as_deref(), Ok(filled));
        }
    }

    #[test]
    fn no_name_of_an_account_makes_its_place_lie_elsewhere() {
        for name in ["..", ".", "../../etc", "a/b", "/etc", "a/../b"] {
            for template in ["%d/%n/Maildir", "%n", "%u/x", "x%n"] {
                let found = place(template, &format!("{name}@b.example"));
                assert!(found.is_err(), "{template} {name}: {found:?}");
            }
        }
        assert!(place("%d/%n", "..a@b.example").is_ok());
        assert!(place("%d/%n", "a..b@b.example").is_ok());
        assert!(place("%d/%n", "%d@b.example").as_deref() == Ok("b.example/%d"));
    }

    #[test]
    fn a_template_tells_all_addresses_apart_if_each_half_stands_alone_between_slashes() {
        for (template, apart) in [
            ("%u", true),
            ("%d/%n", true),
            ("%n/x/%d/Maildir", true),
            ("mail/%u.mbox", true),
            ("%u/%n", true),
            ("%d/u-%n/Maildir", true),
            ("%n", false),
            ("%n/Maildir", false),
            ("%d%n", false),
            ("%d-%n", false),
            ("%u%n", false),
            ("%d/%n%n", false),
        ] {
            let parsed = Template::parse(template).expect(template);
            assert_eq!(parsed.tells_all_apart(), apart, "{template}");
        }
        // Why a place in which the halves stand side by side is none.
        let one = place("%d-%n", "c@a-b").expect("a place");
        assert_eq!(one, place("%d-%n", "b-c@a").expect("a place"));
    }

    #[test]
    fn a_template_that_is_none_is_refused_with_the_reason() {
        for (template, says) in [
            ("", "many accounts"),
            ("%d/Maildir", "many accounts"),
            ("mail", "many accounts"),
            ("%%n", "many accounts"),
            ("/var/mail/%n", "below the root"),
            ("../%n", "below the root"),
            ("%d/../%n", "below the root"),
            ("%h/%n", "after `%`"),
            ("%Ln", "after `%`"),
            ("%n/%", "after `%`"),
            ("%n\0", "NUL"),
        ] {
            let why = Template::parse(template).expect_err(template);
            assert!(why.contains(says), "{template}: {why}");
        }
    }
}
