use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::testing::at;

#[test]
fn an_instant_is_read_only_as_the_configuration_says() {
    use TimeFormat::{EpochMilliseconds, EpochSeconds, Rfc3339};
    let noon = Some(at("2026-03-01T12:00:00Z"));
    let half = Some(at("2026-03-01T12:00:00.5Z"));
    for (value, format, expected) in [
        (json!("2026-03-01T12:00:00Z"), Rfc3339, noon),
        (json!("2026-03-01t13:00:00+01:00"), Rfc3339, noon),
        (json!("2026-03-01 12:00:00z"), Rfc3339, noon),
        (json!("2026-03-01T12:00:00.500000000001Z"), Rfc3339, half),
        (json!("2026-03-01T12:00:00"), Rfc3339, None),
        (json!("2026-03-01T12:00:00.Z"), Rfc3339, None),
        (json!("2026-03-01T12:00Z"), Rfc3339, None),
        (json!("2026-03-01T12:00:00+01"), Rfc3339, None),
        (
            json!("2026-03-01T13:00:00+01:00[Europe/Stockholm]"),
            Rfc3339,
            None,
        ),
        (json!("2026-02-30T12:00:00Z"), Rfc3339, None),
        (json!("2026-03-01T12:00:00å"), Rfc3339, None),
        (json!("1772366400"), Rfc3339, None),
        (json!(1_772_366_400), Rfc3339, None),
        (json!(1_772_366_400), EpochSeconds, noon),
        (json!(1_772_366_400.5), EpochSeconds, half),
        (json!("1772366400"), EpochSeconds, None),
        (json!(1_772_366_400_500_i64), EpochMilliseconds, half),
        (json!(1e300), EpochSeconds, None),
        (json!(u64::MAX), EpochSeconds, None),
        (json!(null), EpochSeconds, None),
    ] {
        assert_eq!(instant(Some(&value), format), expected, "{value}");
    }
    assert_eq!(instant(None, Rfc3339), None);
}

#[test]
fn an_object_with_a_field_twice_is_none() {
    assert!(serde_json::from_str::<Line>(r#"{"a":1,"b":2}"#).is_ok());
    assert!(serde_json::from_str::<Line>(r#"{"a":1,"a":2}"#).is_err());
    assert!(serde_json::from_str::<Line>(r#"{"a":1,"\u0061":2}"#).is_err());
    assert!(serde_json::from_str::<Line>("[1]").is_err());
}

proptest! {
    #[test]
    fn a_line_of_the_account_is_never_passed_over(
        name in "[a-zA-Z0-9/\"\\\\å😀]{1,8}(@[a-z]{1,5}\\.example)?",
        upper in any::<bool>(),
        escapes in prop::collection::vec(any::<bool>(), 32),
    ) {
        let normal = name.to_ascii_lowercase();
        let is_email = name.contains('@');
        let wanted = if is_email { Wanted::Email(&normal) } else { Wanted::Exact(&name) };
        let written = if is_email && upper { name.to_ascii_uppercase() } else { name.clone() };
        let mut escaped = String::new();
        for (index, unit) in written.chars().enumerate() {
            if escapes[index % 32] {
                for unit in unit.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                let quoted = serde_json::to_string(&unit).expect("json");
                escaped.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
        let line = format!("{{\"user\":\"{escaped}\",\"ip\":\"192.0.2.1\"}}");
        let account = Account::new(wanted);
        let bytes = line.as_bytes();
        prop_assert!(is_escaped(bytes) || account.may_be_in(bytes), "{line}");
        let object = serde_json::from_str::<Line>(&line).expect("an object").0;
        prop_assert_eq!(account.is(object.get("user")), Some(true));
    }
}
