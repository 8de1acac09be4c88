//! The generated code does what it says.

use orm_stubs_sample::{
    everything::{self, enums::State, tables::everything as every_type},
    uploads::tables::users,
};

#[test]
fn enums_store_their_text() {
    assert_eq!(State::InProgress.as_str(), "in-progress");
    assert_eq!("in-progress".parse(), Ok(State::InProgress));
    assert_eq!(State::ALL.map(|it| it.to_string()), ["open", "in-progress", "self", "lost"]);
    let unknown = "closed".parse::<State>().expect_err("no value");
    assert_eq!(unknown, everything::UnknownValue { enum_name: "State", value: "closed".to_owned() });
    assert_eq!(unknown.to_string(), "`closed` is no value of `State`");
}

#[test]
fn constants_are_names_of_the_database() {
    assert_eq!((users::SCHEMA, users::TABLE), (None, "users"));
    assert_eq!(users::COLUMNS, ["id", "created_at", "updated_at", "email", "name"]);
    assert_eq!(every_type::columns::USER_NAME, "user name");
    assert_eq!(every_type::columns::TYPE, "type");
}

#[test]
fn inserts_need_what_the_database_cannot_fill_in() {
    let user = users::Insert { id: None, created_at: None, updated_at: None, email: "a@b".to_owned(), name: None };
    assert_eq!(user.email, "a@b");
    let update = users::Update { name: Some(None), ..Default::default() };
    assert_eq!((update.email, update.name), (None, Some(None)));
}
