use rasn_ldap::Filter;

use crate::filter::Template;

#[test]
fn a_filter_is_read_and_the_name_is_a_value_of_its_own_whatever_stands_in_it() {
    let template = Template::parse(
        "(&(objectClass=person)(|(mail=:identifier)(other;x-y=:identifier))(!(cn=\\2a\\29 x))(uid=*))",
    )
    .unwrap();
    let name = "*)(objectClass=*))(|(mail=\u{f6}\\2a\0";
    let Filter::And(all) = template.filled(Some(name)) else {
        panic!()
    };
    let mut named = 0;
    let mut look = |filter: &Filter| match filter {
        Filter::EqualityMatch(equals) => {
            if *equals.assertion_value == *name.as_bytes() {
                named += 1;
            } else {
                assert_eq!(equals.assertion_value.to_vec(), b"person");
            }
        }
        Filter::Not(not) => match &**not {
            Filter::EqualityMatch(equals) => {
                assert_eq!(equals.assertion_value.to_vec(), b"*) x");
            }
            other => panic!("{other:?}"),
        },
        Filter::Present(attribute) => assert_eq!(attribute.as_str(), "uid"),
        other => panic!("{other:?}"),
    };
    assert_eq!(all.to_vec().len(), 4);
    for filter in all.to_vec() {
        match filter {
            Filter::Or(any) => any.to_vec().into_iter().for_each(&mut look),
            other => look(other),
        }
    }
    assert_eq!(named, 2);
}

#[test]
fn a_filter_that_is_none_or_that_could_give_everybody_is_refused_with_the_reason() {
    for (text, says) in [
        ("", "no bracket"),
        ("mail=:identifier", "no bracket"),
        ("(mail=:identifier", "not closed"),
        ("(&(mail=:identifier)", "not closed"),
        ("(mail=:identifier))", "goes on"),
        ("(mail=:identifier)(uid=x)", "goes on"),
        ("(&)", "without a condition"),
        ("(mail=*)", "everybody"),
        ("(|(mail=:identifier)(uid=*))", "everybody"),
        ("(!(mail=:identifier))", "everybody"),
        ("(mail=*:identifier*)", "stands alone"),
        ("(mail=a*b)", "\\2a"),
        ("(mail~=:identifier)", "attribute=value"),
        ("(mail>=:identifier)", "attribute=value"),
        ("(mail:caseExactMatch:=:identifier)", "attribute=value"),
        ("(=:identifier)", "attribute=value"),
        ("(&(mail=:identifier)(cn=\\zz))", "two digits"),
        ("(mail)", "attribute=value"),
    ] {
        let why = Template::parse(text).unwrap_err();
        assert!(why.contains(says), "{text}: {why}");
    }
    let deep = format!(
        "{}(mail=:identifier){}",
        "(!".repeat(100_000),
        ")".repeat(100_000)
    );
    assert!(Template::parse(&deep).unwrap_err().contains("brackets"));
}
