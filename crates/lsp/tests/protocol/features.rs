//! Hover, symbols, definition, formatting.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, range};

const SCHEMA: &str = "/// 😀 Who.\ntable users {\n  id  uuid  @primary_key\n}\n\ntable posts {\n  id  uuid  \
                      @primary_key\n  /* 😀 */ author  uuid  @references(users.id)\n}\n";

/// A client with a document, and its text.
async fn client_with(capabilities: Value, text: &str) -> Client {
    let mut client = Client::start(capabilities, &[]).await;
    client.open(UNTITLED, text).await;
    client
}

#[tokio::test]
async fn a_hover_shows_the_ddl_of_both_databases() {
    let mut client = client_with(crate::client::capabilities(), SCHEMA).await;
    let hover = client.at("textDocument/hover", UNTITLED, 1, 8).await;
    assert_eq!((&hover["contents"]["kind"], &hover["range"]), (&json!("markdown"), &range((1, 6), (1, 11))));
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("**PostgreSQL**\n```sql\nCREATE TABLE \"users\""), "{shown}");
    assert!(shown.contains("**Spanner**\n```sql\nCREATE TABLE users"), "{shown}");
    assert_eq!(client.at("textDocument/hover", UNTITLED, 4, 0).await, Value::Null);

    let mut old = client_with(json!({}), SCHEMA).await;
    let hover = old.at("textDocument/hover", UNTITLED, 1, 8).await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
}

#[tokio::test]
async fn symbols_are_a_tree_for_clients_that_show_one() {
    let mut client = client_with(crate::client::capabilities(), SCHEMA).await;
    let params = json!({ "textDocument": { "uri": UNTITLED } });
    let symbols = client.request("textDocument/documentSymbol", params.clone()).await["result"].take();
    assert_eq!((&symbols[0]["name"], &symbols[1]["name"]), (&json!("users"), &json!("posts")));
    assert_eq!(symbols[0]["selectionRange"], range((1, 6), (1, 11)));
    assert_eq!(symbols[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(symbols[0]["children"][0]["name"], "id");

    let mut old = client_with(json!({}), SCHEMA).await;
    let symbols = old.request("textDocument/documentSymbol", params).await["result"].take();
    assert_eq!((&symbols[1]["name"], &symbols[1]["containerName"]), (&json!("id"), &json!("users")));
    assert_eq!(symbols[1]["location"]["uri"], UNTITLED);
}

#[tokio::test]
async fn a_definition_is_a_link_for_clients_that_take_one() {
    let text = SCHEMA.replace("/* 😀 */ ", "");
    let mut client = client_with(crate::client::capabilities(), &text).await;
    let found = client.at("textDocument/definition", UNTITLED, 7, 30).await;
    assert_eq!(found[0]["targetUri"], UNTITLED, "{found}");
    assert_eq!(found[0]["targetSelectionRange"], range((1, 6), (1, 11)));
    assert_eq!(found[0]["originSelectionRange"], range((7, 28), (7, 33)));
    assert_eq!(client.at("textDocument/definition", UNTITLED, 7, 12).await, Value::Null);

    let mut old = client_with(json!({}), &text).await;
    let found = old.at("textDocument/definition", UNTITLED, 7, 35).await;
    assert_eq!(found, json!({ "uri": UNTITLED, "range": range((2, 2), (2, 4)) }));
}

#[tokio::test]
async fn formatting_answers_with_the_lines_that_change() {
    let mut client = client_with(json!({}), "table users {\n  id uuid @primary_key\n}\n").await;
    let params = json!({ "textDocument": { "uri": UNTITLED }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = client.request("textDocument/formatting", params.clone()).await["result"].take();
    let expected = json!([{ "range": range((1, 0), (2, 0)), "newText": "  id  uuid  @primary_key\n" }]);
    assert_eq!(edits, expected);
    client.change(UNTITLED, 2, range((1, 0), (2, 0)), "  id  uuid  @primary_key\n").await;
    assert_eq!(client.request("textDocument/formatting", params).await["result"], json!([]));
}

#[tokio::test]
async fn a_range_is_formatted_with_the_declarations_that_it_touches() {
    let mut client = client_with(json!({}), "table users{\n  a  text\n}\n// 😀\ntable teams{\n  a  text\n}\n").await;
    let options = json!({ "tabSize": 8, "insertSpaces": false });
    let params = json!({ "textDocument": { "uri": UNTITLED }, "range": range((5, 0), (5, 1)), "options": options });
    let edits = client.request("textDocument/rangeFormatting", params).await["result"].take();
    assert_eq!(edits, json!([{ "range": range((4, 0), (5, 0)), "newText": "table teams {\n" }]));
}

#[tokio::test]
async fn a_question_after_an_edit_is_about_the_edited_text() {
    let mut client = client_with(json!({}), "table users {\n  id  uuid  @primary_key\n}\n").await;
    for version in 2..40 {
        client.change(UNTITLED, version, range((0, 0), (0, 0)), "\n").await;
        let line = version as u32 - 1;
        let hover = client.at("textDocument/hover", UNTITLED, line, 8).await;
        assert_eq!(hover["range"], range((line, 6), (line, 11)), "{version}");
    }
}

#[tokio::test]
async fn a_quick_fix_edits_the_document() {
    let text = "table users {\n  id  uid  @primary_key\n}\n";
    let mut client = client_with(crate::client::capabilities(), text).await;
    let kinds = &client.initialized["capabilities"]["codeActionProvider"]["codeActionKinds"];
    assert!(kinds.as_array().unwrap().contains(&json!("quickfix")), "{kinds}");
    let params = |only: Value| {
        let place = range((1, 7), (1, 7));
        json!({ "textDocument": { "uri": UNTITLED }, "range": place, "context": { "diagnostics": [], "only": only } })
    };
    let actions = client.request("textDocument/codeAction", params(Value::Null)).await["result"].take();
    let action = &actions[0];
    assert_eq!((&action["title"], &action["kind"]), (&json!("Change `uid` to `uuid`"), &json!("quickfix")));
    assert_eq!(action["diagnostics"][0]["code"], "ORM010");
    let edits = json!([{ "range": range((1, 6), (1, 9)), "newText": "uuid" }]);
    assert_eq!(action["edit"]["changes"][UNTITLED], edits);
    let others = client.request("textDocument/codeAction", params(json!(["refactor.inline"]))).await["result"].take();
    assert_eq!(others, json!([]));
    let quick = client.request("textDocument/codeAction", params(json!(["quickfix"]))).await["result"].take();
    assert_eq!(quick, actions);

    let old = client_with(json!({}), text).await;
    assert_eq!(old.initialized["capabilities"]["codeActionProvider"], Value::Null);
}

#[tokio::test]
async fn the_edits_of_a_refactoring_are_made_when_it_is_chosen() {
    let text = "table users {\n  id    uuid   @primary_key\n  name  text\n}\n";
    let params = |only: Value| {
        let place = range((2, 3), (2, 3));
        json!({ "textDocument": { "uri": UNTITLED }, "range": place, "context": { "diagnostics": [], "only": only } })
    };
    let edits = json!([{ "range": range((2, 12), (2, 12)), "newText": "?" }]);
    // A client that wants all at once.
    let mut client = client_with(crate::client::capabilities(), text).await;
    let actions = client.request("textDocument/codeAction", params(json!(["refactor.rewrite"]))).await["result"].take();
    assert_eq!(actions[0]["title"], "Make `name` nullable");
    assert_eq!(actions[0]["edit"]["changes"][UNTITLED], edits);
    // A client that asks again.
    let mut capabilities = crate::client::capabilities();
    let support = &mut capabilities["textDocument"]["codeAction"];
    support["dataSupport"] = json!(true);
    support["resolveSupport"] = json!({ "properties": ["edit"] });
    let mut client = client_with(capabilities, text).await;
    let mut actions = client.request("textDocument/codeAction", params(json!(["refactor"]))).await["result"].take();
    assert_eq!(actions[0]["edit"], Value::Null);
    let resolved = client.request("codeAction/resolve", actions[0].take()).await["result"].take();
    assert_eq!(resolved["edit"]["changes"][UNTITLED], edits);
}

#[tokio::test]
async fn what_cannot_be_done_is_told_with_its_reason_to_those_who_show_it() {
    let text = "table users {\n  id    uuid   @primary_key\n  name  text?\n}\n\
                mutation add(id: uuid) {\n  insert into users\n  values { $id }\n}\n";
    let params = json!({
        "textDocument": { "uri": UNTITLED }, "range": range((2, 3), (2, 3)),
        "context": { "diagnostics": [], "only": ["refactor.rewrite"] },
    });
    let mut client = client_with(crate::client::capabilities(), text).await;
    let actions = client.request("textDocument/codeAction", params.clone()).await["result"].take();
    assert_eq!(actions, json!([]));
    for resolves in [false, true] {
        let mut capabilities = crate::client::capabilities();
        let support = &mut capabilities["textDocument"]["codeAction"];
        support["disabledSupport"] = json!(true);
        if resolves {
            support["dataSupport"] = json!(true);
            support["resolveSupport"] = json!({ "properties": ["edit"] });
        }
        let mut client = client_with(capabilities, text).await;
        let actions = client.request("textDocument/codeAction", params.clone()).await["result"].take();
        let disabled = json!({ "reason": "`add` leaves out `name`" });
        let expected = json!([{ "title": "Make `name` not null", "kind": "refactor.rewrite", "disabled": disabled }]);
        assert_eq!(actions, expected);
    }
}

#[tokio::test]
async fn all_that_is_certain_is_fixed_for_those_who_ask() {
    let text = "table users {\n  id    UUID  @Primary_Key\n  name  int\n}\n";
    let mut client = client_with(crate::client::capabilities(), text).await;
    let params = |only: Value| {
        let place = range((0, 0), (4, 0));
        json!({ "textDocument": { "uri": UNTITLED }, "range": place, "context": { "diagnostics": [], "only": only } })
    };
    let actions = client.request("textDocument/codeAction", params(json!(["source.fixAll"]))).await["result"].take();
    let [action] = actions.as_array().unwrap().as_slice() else { panic!("{actions}") };
    assert_eq!(action["kind"], "source.fixAll.orm");
    let edit = &action["edit"]["changes"][UNTITLED][0];
    assert_eq!(edit["newText"], "  id    uuid  @primary_key\n  name  integer\n");
    let unasked = client.request("textDocument/codeAction", params(Value::Null)).await["result"].take();
    assert!(unasked.as_array().unwrap().iter().all(|it| it["kind"] != "source.fixAll.orm"), "{unasked}");
}

#[tokio::test]
async fn references_and_highlights_tell_where_something_is_named() {
    let text = SCHEMA.replace("/* 😀 */ author", "/* 😀 */ `author`");
    let mut client = client_with(crate::client::capabilities(), &text).await;
    let mut params = json!({ "textDocument": { "uri": UNTITLED }, "position": { "line": 2, "character": 2 } });
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.request("textDocument/references", params.clone()).await["result"].take();
    let place = |range: Value| json!({ "uri": UNTITLED, "range": range });
    let (declared, used) = (place(range((2, 2), (2, 4))), place(range((7, 45), (7, 47))));
    assert_eq!(found, json!([declared, used]));
    params["context"] = json!({ "includeDeclaration": false });
    let found = client.request("textDocument/references", params).await["result"].take();
    assert_eq!(found, json!([used]));
    let found = client.at("textDocument/documentHighlight", UNTITLED, 7, 46).await;
    assert_eq!(found, json!([{ "range": declared["range"], "kind": 3 }, { "range": used["range"], "kind": 2 }]));
    assert_eq!(client.at("textDocument/documentHighlight", UNTITLED, 7, 20).await, json!([]));
}

#[tokio::test]
async fn a_completion_replaces_the_word_and_tells_its_documentation_later() {
    let text = "table users {\n  id  uuid  @primary_key\n  /* 😀 */ name  varcxx\n}\n";
    let mut client = client_with(crate::client::capabilities(), text).await;
    let found = client.at("textDocument/completion", UNTITLED, 2, 21).await;
    let item = &found["items"][0];
    assert_eq!((&item["label"], &item["sortText"]), (&json!("varchar"), &json!("0000")), "{found}");
    let edit = json!({
        "newText": "varchar(${1:255})$0", "insert": range((2, 17), (2, 21)), "replace": range((2, 17), (2, 23)),
    });
    assert_eq!((&item["textEdit"], &item["insertTextFormat"]), (&edit, &json!(2)));
    assert_eq!(item["documentation"], Value::Null);
    let resolved = client.request("completionItem/resolve", item.clone()).await["result"].take();
    let documentation = &resolved["documentation"];
    assert_eq!((&documentation["kind"], &resolved["label"]), (&json!("markdown"), &json!("varchar")));
    assert!(documentation["value"].as_str().is_some_and(|it| it.starts_with("```orm\nvarchar")), "{resolved}");

    let mut old = client_with(json!({}), text).await;
    let found = old.at("textDocument/completion", UNTITLED, 2, 21).await;
    let edit = json!({ "newText": "varchar", "range": range((2, 17), (2, 23)) });
    assert_eq!((&found["items"][0]["textEdit"], &found["items"][0]["insertTextFormat"]), (&edit, &Value::Null));
}

#[tokio::test]
async fn a_rename_edits_every_place_or_says_why_not() {
    let mut client = client_with(crate::client::capabilities(), SCHEMA).await;
    assert_eq!(client.initialized["capabilities"]["renameProvider"], json!({ "prepareProvider": true }));
    let found = client.at("textDocument/prepareRename", UNTITLED, 1, 8).await;
    assert_eq!(found, json!({ "range": range((1, 6), (1, 11)), "placeholder": "users" }));
    let rename = |line: u32, character: u32, name: &str| {
        let place = crate::client::position(line, character);
        json!({ "textDocument": { "uri": UNTITLED }, "position": place, "newName": name })
    };
    let answer = client.request("textDocument/rename", rename(1, 8, "people")).await["result"].take();
    let edits = json!([
        { "range": range((1, 6), (1, 11)), "newText": "people" },
        { "range": range((7, 37), (7, 42)), "newText": "people" },
    ]);
    assert_eq!(answer["changes"][UNTITLED], edits);
    let answer = client.request("textDocument/rename", rename(1, 8, "posts")).await;
    let error = &answer["error"];
    assert_eq!(error["code"], -32803, "{answer}");
    assert!(error["message"].as_str().is_some_and(|it| it.starts_with("table `posts` is there already")), "{answer}");
    let params = json!({ "textDocument": { "uri": UNTITLED }, "position": { "line": 2, "character": 7 } });
    let answer = client.request("textDocument/prepareRename", params).await;
    assert_eq!(answer["error"]["message"], "this is a word of the language");
}

/// What an old client knows: no kind behind `Array` and `Reference`, no tags, and of actions only fixes.
#[tokio::test]
async fn a_client_gets_kinds_and_tags_that_it_knows() {
    let text = "enum Mood { happy }\nmixin M {\n  at  timestamptz\n}\ntable t {\n  id  uuid  @primary_key\n  \
                a  Mood  @deprecated(\"no\")\n  b  text\n}\n";
    let mut new = capabilities();
    let document = &mut new["textDocument"];
    document["documentSymbol"]["symbolKind"] = json!({ "valueSet": (1..=26).collect::<Vec<_>>() });
    document["completion"]["completionItemKind"] = json!({ "valueSet": (1..=25).collect::<Vec<_>>() });
    document["publishDiagnostics"]["tagSupport"] = json!({ "valueSet": [1, 2] });
    let mut old = capabilities();
    old["textDocument"]["publishDiagnostics"]["tagSupport"] = json!({ "valueSet": [2] });
    old["textDocument"]["completion"]["completionItem"]["tagSupport"] = json!({ "valueSet": [] });
    old["textDocument"]["codeAction"]["codeActionLiteralSupport"]["codeActionKind"] =
        json!({ "valueSet": ["quickfix"] });
    // Structure, enum member, type parameter; class, constant, class.
    for (capabilities, table, value, types, tags, refactoring) in
        [(new, 23, 22, 25, json!([1]), json!("refactor.extract")), (old, 5, 14, 7, Value::Null, Value::Null)]
    {
        let mut client = Client::start(capabilities, &[]).await;
        client.open(UNTITLED, text).await;
        let found = client.diagnostics(UNTITLED, Some(1)).await;
        let unused = found.iter().find(|it| it["code"] == "ORM199").unwrap();
        assert_eq!(unused["tags"], tags, "{unused}");
        let params = json!({ "textDocument": { "uri": UNTITLED } });
        let symbols = client.request("textDocument/documentSymbol", params).await["result"].take();
        assert_eq!(
            (&symbols[2]["kind"], &symbols[0]["children"][0]["kind"]),
            (&json!(table), &json!(value)),
            "{symbols}"
        );
        let list = client.at("textDocument/completion", UNTITLED, 7, 5).await;
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.iter().find(|it| it["label"] == "uuid").unwrap()["kind"], types);
        let columns = json!({
            "textDocument": { "uri": UNTITLED }, "range": range((6, 2), (7, 9)), "context": { "diagnostics": [] },
        });
        let actions = client.request("textDocument/codeAction", columns).await["result"].take();
        let extract = actions.as_array().unwrap().iter().find(|it| it["title"].as_str().unwrap().contains("xtract"));
        assert_eq!(extract.map(|it| &it["kind"]), Some(&refactoring), "{actions}");
    }
}
