//! From a name to other places, and layout while somebody types.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, position, range};

const TEXT: &str =
    "enum State { open }\nmixin Base {\n  id  uuid  @primary_key\n}\ntable tasks {\n  ...Base\n  state  State\n}\n";

#[tokio::test]
async fn a_name_leads_to_its_declaration_its_type_and_what_is_made_of_it() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, TEXT).await;
    let place = |at: ((u32, u32), (u32, u32))| json!({ "uri": UNTITLED, "range": range(at.0, at.1) });
    let state = client.at("textDocument/typeDefinition", UNTITLED, 6, 4).await;
    assert_eq!(state, place(((0, 5), (0, 10))));
    let spreads = client.at("textDocument/implementation", UNTITLED, 1, 7).await;
    assert_eq!(spreads, json!([place(((5, 5), (5, 9)))]));
    let declaration = client.at("textDocument/declaration", UNTITLED, 5, 6).await;
    assert_eq!(declaration[0]["targetSelectionRange"], range((1, 6), (1, 10)));
    assert_eq!(client.at("textDocument/typeDefinition", UNTITLED, 0, 2).await, Value::Null);
}

#[tokio::test]
async fn links_say_where_they_start_and_what_they_lead_to() {
    let mut capabilities = capabilities();
    for method in ["typeDefinition", "implementation"] {
        capabilities["textDocument"][method] = json!({ "linkSupport": true });
    }
    let mut client = Client::start(capabilities, &[]).await;
    client.open(UNTITLED, TEXT).await;
    let spread = client.at("textDocument/implementation", UNTITLED, 1, 7).await[0].take();
    assert_eq!(
        (&spread["originSelectionRange"], &spread["targetRange"]),
        (&range((1, 6), (1, 10)), &range((4, 0), (7, 1)))
    );
    let state = client.at("textDocument/typeDefinition", UNTITLED, 6, 4).await[0].take();
    assert_eq!(state["targetRange"], range((0, 0), (0, 19)));
}

#[tokio::test]
async fn lines_are_put_in_order_as_they_are_typed() {
    let mut client = Client::plain().await;
    let triggers = &client.initialized["capabilities"]["documentOnTypeFormattingProvider"];
    assert_eq!(*triggers, json!({ "firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"] }));
    client.open(UNTITLED, "table t {\r\n  id uuid\r\n  \r\n}\r\n").await;
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params =
        json!({ "textDocument": { "uri": UNTITLED }, "position": position(2, 2), "ch": "\n", "options": options });
    let edits = client.request("textDocument/onTypeFormatting", params).await["result"].take();
    assert_eq!(edits, json!([{ "range": range((1, 0), (2, 0)), "newText": "  id  uuid\r\n" }]));
}
