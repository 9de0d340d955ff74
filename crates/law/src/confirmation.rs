use jiff::civil::Date;

/// Whether counsel confirmed how a rule, a clock or a rule of notice reads its provision. It is the last
/// clause of its note on how far the reading is verified, and no note goes without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// `not confirmed by counsel`.
    ByNobody,
    /// `confirmed by NAME, YYYY-MM-DD`.
    By {
        /// Who confirmed it.
        counsel: String,
        /// When.
        on: Date,
    },
}

impl Confirmation {
    /// Reads the last clause of a note.
    ///
    /// # Errors
    /// A sentence that says how the clause is written.
    pub fn of(verified: &str) -> Result<Self, String> {
        let (_, clause) = verified.rsplit_once("; ").ok_or_else(not_said)?;
        if clause == "not confirmed by counsel" {
            return Ok(Self::ByNobody);
        }
        let (counsel, on) = clause
            .strip_prefix("confirmed by ")
            .and_then(|rest| rest.rsplit_once(", "))
            .ok_or_else(not_said)?;
        let on = on.parse().map_err(|_| not_said())?;
        if counsel.trim().is_empty() {
            return Err(not_said());
        }
        Ok(Self::By {
            counsel: counsel.to_owned(),
            on,
        })
    }

    /// Who confirmed it, if anybody did.
    #[must_use]
    pub fn counsel(&self) -> Option<&str> {
        match self {
            Self::ByNobody => None,
            Self::By { counsel, .. } => Some(counsel),
        }
    }
}

fn not_said() -> String {
    "must end in `; not confirmed by counsel` or `; confirmed by NAME, YYYY-MM-DD`".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_which_counsel_confirmed_it_or_that_nobody_did() {
        let read = |text: &str| Confirmation::of(text);
        assert_eq!(
            read("primary text; not confirmed by counsel"),
            Ok(Confirmation::ByNobody)
        );
        let confirmed = read("primary text; confirmed by Ek, Lind & Co, 2026-11-30").unwrap();
        assert_eq!(confirmed.counsel(), Some("Ek, Lind & Co"));
        for wrong in [
            "primary text",
            "not confirmed by counsel",
            "primary text; confirmed by counsel",
            "primary text; confirmed by Ek, yesterday",
            "primary text; confirmed by , 2026-11-30",
            "primary text; not confirmed by counsel; secondary",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
