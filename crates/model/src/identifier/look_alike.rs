use unicode_security::MixedScript;
use unicode_security::confusable_detection::skeleton;

/// Letters of another script that look like letters of this one (Unicode Technical Standard 39): each
/// with the plain letter that it looks like. Only where the word mixes scripts, or looks as a whole like
/// a word in plain letters: a word of one other script is what it is.
pub(super) fn look_alikes(word: &str) -> Vec<(char, char)> {
    if word.is_ascii() || (word.is_single_script() && !skeleton(word).all(|c| c.is_ascii())) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for c in word.chars().filter(|c| !c.is_ascii()) {
        let mut text = [0; 4];
        let mut like = skeleton(c.encode_utf8(&mut text));
        if let (Some(plain), None) = (like.next(), like.next())
            && plain.is_ascii()
            && !found.contains(&(c, plain))
        {
            found.push((c, plain));
        }
    }
    found
}
