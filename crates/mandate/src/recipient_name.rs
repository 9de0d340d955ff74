use lagrum_model::one_line;

/// Whether a recipient's name can be shown as it is.
pub(crate) fn check_name(name: &str) -> Result<(), String> {
    if name.trim().is_empty() || name != name.trim() {
        return Err("a recipient has no name; write it as mandates do".into());
    }
    one_line(name).map_err(|why| format!("{}: {why}", name.escape_debug()))
}
