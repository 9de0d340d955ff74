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
