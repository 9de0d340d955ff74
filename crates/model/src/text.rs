use unicode_normalization::is_nfc;

/// Reads one of `all` by its `word`. What any other text is not, `wrong` says.
///
/// # Errors
/// A sentence that lists the words.
pub fn by_word<T: Copy>(
    text: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    wrong: &str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|one| word(*one) == text);
    found.ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
        let (text, words) = (text.escape_debug(), words.join(", "));
        format!("`{text}` {wrong}: write one of {words}")
    })
}

/// Whether a character shows nothing, or moves what stands beside it: controls, directions of
/// writing, joiners, fillers, variation selectors and tags (Unicode: general category Cc, Cf, Zl,
/// Zp, and the default-ignorable code points).
///
/// Where one stands, two texts that look alike differ. Line breaks and tabs are among them.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{600}'..='\u{605}'
                | '\u{61c}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'..='\u{891}'
                | '\u{8e2}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{110bd}'
                | '\u{110cd}'
                | '\u{13430}'..='\u{1343f}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a name is written as one that is compared byte for byte has to be: it shows all that it
/// holds, has no blank at its ends, and its letters are composed (Unicode normalization form C), so
/// that two names that look alike because of one of these never pass for two accounts.
///
/// # Errors
/// What is wrong with it and what to do, to be put after the name.
pub fn plainly_written(name: &str) -> Result<(), String> {
    if let Some(c) = name.chars().find(|c| is_invisible(*c)) {
        let what = match c {
            '\n' | '\r' => "a line end".to_owned(),
            c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
            c => format!("the invisible character U+{:04X}", u32::from(c)),
        };
        return Err(format!(
            "it holds {what}, which nobody sees; take it out, or ask the authority which account it means"
        ));
    }
    let ends = [name.chars().next(), name.chars().next_back()];
    if let Some(c) = ends.into_iter().flatten().find(|c| c.is_whitespace()) {
        return Err(format!(
            "a blank character (U+{:04X}) stands at its beginning or end; take it out",
            u32::from(c)
        ));
    }
    if !is_nfc(name) {
        return Err(
            "it holds a letter and its mark as two characters (Unicode, not normalization form C); write each letter as one character"
                .into(),
        );
    }
    Ok(())
}

/// Whether a text is one line that shows all that it holds.
///
/// # Errors
/// What is wrong with it, to be put after the name of the field.
pub fn one_line(text: &str) -> Result<(), String> {
    match text.chars().find(|c| is_invisible(*c)) {
        None => Ok(()),
        Some('\n' | '\r') => Err("write it in one line".into()),
        Some(c) => Err(format!(
            "it holds the character U+{:04X}, which nobody sees; take it out",
            u32::from(c)
        )),
    }
}

/// Whether a text can be the id of a person: lower-case letters (a-z), digits and hyphens. One rule
/// for the desk's people and the roster, so that an id names the same person in both.
#[must_use]
pub fn is_person_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::plainly_written;

    #[test]
    fn a_name_that_looks_like_another_is_not_plainly_written_and_it_is_said_why() {
        for (name, says) in [
            ("bj\u{200b}ork", "U+200B"),
            ("\u{200e}bjork", "invisible character U+200E"),
            ("bjork\u{feff}", "U+FEFF"),
            ("bj\u{ad}ork", "U+00AD"),
            ("bjork\u{fe0f}", "U+FE0F"),
            ("bjork\n", "a line end"),
            ("bjork\r\n", "a line end"),
            ("bjork\0", "control character U+0000"),
            ("bjork\t", "control character U+0009"),
            ("bjork\u{a0}", "blank character (U+00A0)"),
            (" bjork", "blank character (U+0020)"),
            ("bjo\u{308}rk", "two characters"),
            ("\u{212b}ngstrom", "normalization form C"),
        ] {
            let why = plainly_written(name).expect_err(name);
            assert!(why.contains(says), "{name:?}: {why}");
        }
        for name in ["bjork", "bj\u{f6}rk", "Konto 7", "+46701234567", ""] {
            assert_eq!(plainly_written(name), Ok(()), "{name:?}");
        }
    }
}
