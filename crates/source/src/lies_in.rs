//! In which boxes below its categories what a source keeps lies, as far as its operator has said.

use std::collections::BTreeMap;

use lagrum_mandate::Order;
use lagrum_model::{Category, SubCategory};

/// In which boxes below its categories what a source keeps lies. Of what nobody has said it, nothing
/// leaves on an order for less than the category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiesIn {
    /// Each message or object, as a whole: whoever orders one of these orders it.
    pub things: Vec<SubCategory>,
    /// Each field of a record: a category that the source serves, and with each field its box, if it is
    /// said.
    pub fields: BTreeMap<Category, BTreeMap<String, Option<SubCategory>>>,
}

impl LiesIn {
    /// The fields that are handed over for each category, with what the operator `said` of them: boxes,
    /// each with its fields.
    ///
    /// # Errors
    /// What is wrong with what was said, in one sentence.
    pub fn fields(
        served: impl IntoIterator<Item = (Category, Vec<String>)>,
        said: &BTreeMap<SubCategory, Vec<String>>,
    ) -> Result<Self, String> {
        let mut fields: BTreeMap<Category, BTreeMap<String, Option<SubCategory>>> = served
            .into_iter()
            .map(|(category, names)| {
                let names = names.into_iter().map(|name| (name, None));
                (category, names.collect())
            })
            .collect();
        for (one, names) in said {
            let category = one.category();
            for name in names {
                let field = fields.get_mut(&category).and_then(|of| of.get_mut(name));
                let Some(field) = field else {
                    return Err(format!(
                        "`{one}` names `{name}`, and that is no field of {category} data here; write one that is handed over"
                    ));
                };
                if let Some(other) = field.replace(*one) {
                    return Err(format!(
                        "`{name}` stands in `{other}` and in `{one}`; keep one of the two"
                    ));
                }
            }
        }
        Ok(Self {
            things: Vec::new(),
            fields,
        })
    }

    /// The box of a field that is handed over for `category`, if it is said.
    #[must_use]
    pub fn of_field(&self, category: Category, name: &str) -> Option<SubCategory> {
        self.fields.get(&category)?.get(name).copied().flatten()
    }

    /// Whether anything here may leave on an order.
    #[must_use]
    pub fn serves(&self, order: &Order<'_>) -> bool {
        let of = self.fields.get(&order.category());
        let mut fields = of.into_iter().flatten().map(|(_, lies_in)| *lies_in);
        order.is_whole()
            || self.things.iter().any(|one| order.covers(Some(*one)))
            || fields.any(|one| order.covers(one))
    }

    /// The fields that may leave on an order, each with its box, and those of which nobody has said in
    /// which box they lie.
    #[must_use]
    pub fn divided(&self, order: &Order<'_>) -> (BTreeMap<String, SubCategory>, Vec<String>) {
        let (mut covered, mut unsaid) = (BTreeMap::new(), Vec::new());
        for (name, lies_in) in self.fields.get(&order.category()).into_iter().flatten() {
            match lies_in {
                Some(one) if order.covers(Some(*one)) => {
                    covered.insert(name.clone(), *one);
                }
                Some(_) => {}
                None => unsaid.push(name.clone()),
            }
        }
        (covered, unsaid)
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::SubCategory::{Duration, Identity, Location};

    use super::*;

    fn said(of: &[(SubCategory, &[&str])]) -> Result<LiesIn, String> {
        let served = [(
            Category::Traffic,
            vec!["ip".to_owned(), "cell".into(), "at".into()],
        )];
        let said = of
            .iter()
            .map(|(one, names)| (*one, names.iter().map(ToString::to_string).collect()));
        LiesIn::fields(served, &said.collect())
    }

    #[test]
    fn each_field_lies_in_one_box_of_its_category_or_in_none_that_is_said() {
        let lies_in = said(&[(Location, &["cell"]), (Duration, &["at"])]).unwrap();
        let of = |name| lies_in.of_field(Category::Traffic, name);
        assert_eq!(
            (of("cell"), of("at"), of("ip"), of("other")),
            (Some(Location), Some(Duration), None, None)
        );
    }

    #[test]
    fn what_is_no_field_or_lies_in_two_boxes_is_refused_by_its_name() {
        for (of, words) in [
            (
                &[(Location, &["tower"][..])][..],
                ["`tower`", "no field of traffic data"],
            ),
            (
                &[(Identity, &["ip"][..])][..],
                ["`ip`", "no field of subscriber data"],
            ),
            (
                &[(Location, &["cell"][..]), (Duration, &["cell"][..])][..],
                ["`cell`", "keep one"],
            ),
        ] {
            let why = said(of).unwrap_err();
            assert!(words.iter().all(|word| why.contains(word)), "{why}");
        }
    }
}
