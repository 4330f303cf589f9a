//! Other people's texts: what is good is not scolded, what it says becomes choices, and what has no
//! place in them is told.

use configurator_core::choices::Shell;
use configurator_core::link;
use configurator_core::rules::Severity;
use configurator_lint::read::{self, Form};
use expect_test::{Expect, expect};

const BASH: Form = Form::Commands(Shell::Bash);
const POWERSHELL: Form = Form::Commands(Shell::PowerShell);

/// Texts in which nothing is wrong.
#[rustfmt::skip]
const GOOD: &[(Form, &str)] = &[
    // Options in every way that the parser takes.
    (BASH, "az acr connected-registry list -r contoso -o table\n"),
    (BASH, "az acr connected-registry show -n=edge01 --registry=contoso --output=table\n"),
    (BASH, "az k8s-extension show -grg1 -carc1 -t connectedclusters -nedge01 --debug --verbose --only-show-errors --query id\n"),
    (BASH, "az acr connected-registry create --yes --repository hello-world app/api -m readwrite --name edge01 -g rg1 --registry contoso --subscription 'Edge Production'\n"),
    (BASH, "az acr update -n contoso --data-endpoint-enabled\naz acr update -n contoso --data-endpoint-enabled TRUE --subscription x\n"),
    (BASH, "az acr token create -r contoso -n tills1 --repository a/b content/read metadata/read --repository c content/read --no-passwords\n"),
    (BASH, "az k8s-extension update -g rg1 -c arc1 -t connectedClusters -n edge01 --auto-upgrade-mode none --version 0.11.0\n"),
    (BASH, "az acr connected-registry update -r contoso -n edge01 -s '0 3 * * *' -w PT4H 2>/dev/null\n"),
    // Switches, a list of IDs instead of names, and whether a command asks depends on a value.
    (BASH, "az connectedk8s connect -g rg1 -n arc1 --location westeurope --skip-ssl-verification --disable-auto-upgrade --enable-oidc-issuer --enable-wi --tags env=edge --yes --no-wait\n"),
    (BASH, "az connectedk8s connect -g rg1 -n arc1 --infrastructure 'Windows 11 IoT Enterprise' --enable-private-link false --azure-hybrid-benefit NotApplicable\n"),
    (BASH, "az connectedk8s delete -g rg1 -n arc1 --yes --force --skip-ssl-verification --no-wait\naz connectedk8s delete --ids /subscriptions/0/a /subscriptions/0/b --yes\n"),
    (BASH, "az connectedk8s update -g rg1 -n arc1 --disable-proxy --skip-ssl-verification --disable-workload-identity --azure-hybrid-benefit False --subscription Edge\n"),
    (BASH, "az connectedk8s show --ids /subscriptions/0/a -o table\naz connectedk8s upgrade --ids /subscriptions/0/a --agent-version 1.30.1\naz connectedk8s list -g rg1\n"),
    (BASH, "az connectedk8s enable-features -g rg1 -n arc1 --features cluster-connect custom-locations --custom-locations-oid 0 --skip-ssl-verification\naz connectedk8s proxy -g rg1 -n arc1 --port 47012\n"),
    (BASH, "az connectedk8s troubleshoot -g rg1 -n arc1 --skip-ssl-verification --tags a=b\n"),
    // Commands that are not known here.
    (BASH, "az --version\naz login --use-device-code\naz group create -n rg1 -l westeurope\naz aks create -g rg1 -n aks1 --node-count 3 --generate-ssh-keys\n"),
    (BASH, "az acr login --name contoso\naz acr build -t app:1 -r contoso .\naz acr task list -r contoso\naz storage account list\naz account list-locations -o table\n"),
    (BASH, "az k8s-configuration flux list -g rg1 -c arc1 -t connectedClusters\naz connectedmachine list\naz vm run-command invoke -g rg1 -n vm1 --command-id RunShellScript --scripts 'echo $1' --parameters x\n"),
    (BASH, "az rest --method get --url \"https://management.azure.com/subscriptions?api-version=2020-01-01\"\naz resource list --tag env=edge --query \"[?type=='x'].{n:name, i:id}\"\n"),
    // Another extension has other settings.
    (BASH, "az k8s-extension create -g rg1 -c arc1 -t managedClusters -n flux --extension-type microsoft.flux --config multiTenancy.enforce=false helm-controller.enabled=true\n"),
    // What shells can do.
    (BASH, "export RG=rg1 CLUSTER=arc1\nNAMES=(edge01 edge02)\nfor name in \"${NAMES[@]}\"; do\n  az k8s-extension show -g $RG -c $CLUSTER -t connectedClusters -n \"$name\" | jq -r .id\ndone\n"),
    (BASH, "args=(--registry contoso --name edge01)\naz acr connected-registry show \"${args[@]}\" -o table\naz acr connected-registry show ${MORE[@]}\naz acr connected-registry show $ARGS\n"),
    (BASH, "if ! az acr show -n \"${REGISTRY:-contoso}\" &>/dev/null; then\n  echo 'no registry' >&2; exit 1\nfi\n# az acr nonsense\n"),
    (BASH, "kubectl apply -f - <<EOF\napiVersion: v1\nkind: Secret\nmetadata:\n  name: regcred\nEOF\nkubectl get pods -n connected-registry -o jsonpath='{.items[*].metadata.name}'\n"),
    (BASH, "sort <names.txt >sorted.txt\ngrep -c edge <<<\"$NAMES\"\ndiff <(az acr list -o tsv) <(cat known.tsv)\nwhile read -r name; do echo \"$name\"; done <sorted.txt\n"),
    (BASH, "echo \"A dash – and “quotes” in a sentence are fine, and so is <this>\" # – “too”\necho 'C:\\ is a drive, \\ is a backslash'\nmkdir -p my\\ folder\n"),
    (BASH, "id=$(az acr show -n contoso --query id -o tsv | tr -d '\\r')\ncase $id in /subscriptions/*) ;; *) exit 1 ;; esac\n[[ $id == *contoso* && -n $id ]] || exit 1\n"),
    (BASH, "az acr connected-registry update -r contoso -n edge01 --sync-schedule \"$SCHEDULE\" --sync-window \"$WINDOW\"\n"),
    (BASH, "crictl pull busybox\ncrictl pull --creds tills:\"$PASSWORD\" 10.0.0.200/hello-world:latest\nhelm upgrade --install x ./chart --set a.b=c\ndocker pull hello-world\n"),
    (BASH, "args=(--registry contoso)\nargs+=(--name edge01)\naz acr connected-registry show \"${args[@]}\"\nopts=\"--registry\"\nopts+=\" contoso\"\naz acr connected-registry list $opts\n"),
    (BASH, "sudo az acr connected-registry list -r contoso\ntimeout 60 az acr connected-registry list -r contoso\n/usr/bin/az acr connected-registry list -r contoso\n"),
    (BASH, "az configure --defaults acr=contoso group=rg1\naz acr connected-registry show --name edge01\naz k8s-extension list -c arc1 -t connectedClusters\n"),
    (BASH, "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --yes --config-protected-file <(jq . settings.json)\naz k8s-extension update -c arc1 -t connectedClusters -g rg1 -n flux --yes --config a.b=c\n"),
    (BASH, "for c in 1 2; do :; done\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 --config-protected-file a.json\n\
            az k8s-extension create -c arc2 -t connectedClusters -g rg1 -n edge02 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.1.0.200 --config-protected-file b.json\n"),
    (POWERSHELL, "az acr connected-registry list --registry contoso ` --output table\n$x = 1\n"),
    (POWERSHELL, "$rg = 'rg1'\n$extension = az k8s-extension show -g $rg -c arc1 -t connectedClusters -n edge01 | ConvertFrom-Json\nif ($extension.provisioningState -ne 'Succeeded') { throw 'not yet' }\n"),
    (POWERSHELL, "$names = 'edge01', 'edge02'\nforeach ($name in $names) {\n  az acr connected-registry show `\n    --registry $env:REGISTRY `\n    --name $name\n}\n"),
    (POWERSHELL, "@'\n{ \"a\": \"<b>\" }\n'@ | Set-Content notes.txt\n& az acr list --query \"[?sku.name=='Premium'].name\" -o tsv\nGet-Content notes.txt | Select-String 'a' > found.txt\n"),
    (POWERSHELL, "az acr connected-registry list --registry “contoso” --query ‘[]’\n# In PowerShell these are quotes.\n"),
    // Pages.
    (Form::Markdown, "# Edge\n\nRun it every day at midnight for 4 hours:\n\n```bash\naz acr connected-registry update -r contoso -n edge01 -s '0 0 * * *' -w PT4H\n```\n\n```output\nNAME  MODE <none>\n```\n\n```yaml\nspec:\n  - name: <b>\n```\n"),
    (Form::Markdown, "The answer:\n\n```json\n{ \"id\": 5, \"provisioningState\": \"Succeeded\", # and more\n}\n```\n\n    NAME   READY\n    pod    1/1\n"),
    (Form::Markdown, "Set `trustDistribution.enabled=true`:\r\n\r\n```azurecli\r\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 \\\r\n  --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 trustDistribution.enabled=true --config-protected-file p.json\r\n```\r\n"),
    (Form::Settings, "{ \"tls.secret\": \"edge-tls\", \"connectionString\": \"<connection string>\" }"),
];

#[test]
fn what_is_good_is_not_scolded() {
    let mut wrong = String::new();
    for (form, text) in GOOD {
        let reading = read::read(text, Some(*form));
        for remark in
            reading.remarks.iter().filter(|remark| remark.finding.severity != Severity::Info)
        {
            wrong.push_str(&format!(
                "{}: {} at {:?}:{:?} in\n{text}\n",
                remark.finding.rule,
                remark.finding.message,
                remark.finding.line,
                remark.finding.column
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_a_text_is_shows_in_it() {
    for (form, text) in GOOD {
        // A tie goes to bash: one line of az is the same in both.
        let guessed = Form::guess(text);
        let is_alike = *form == POWERSHELL && guessed == BASH && !text.contains(['$', '`']);
        assert!(guessed == *form || is_alike, "{form:?} and {guessed:?}: {text}");
    }
    for (name, form) in [
        ("a.md", Some(Form::Markdown)),
        ("deploy.SH", Some(BASH)),
        ("x.y.ps1", Some(POWERSHELL)),
        ("p.json", Some(Form::Settings)),
        ("README", None),
        ("a.txt", None),
    ] {
        assert_eq!(Form::of_name(name), form, "{name}");
    }
}

/// What a text amounts to: the links of the choices, and what is left.
fn check(form: Form, text: &str, expected: &Expect) {
    let reading = read::read(text, Some(form));
    let mut told = String::new();
    for imported in &reading.imported {
        told.push_str(&link::fragment(&imported.choices));
        told.push('\n');
    }
    for skipped in &reading.skipped {
        told.push_str(&format!("left: {}: {}\n", skipped.text, skipped.why));
    }
    expected.assert_eq(&told);
}

#[test]
fn the_commands_of_one_deployment_are_one_set_of_choices() {
    check(
        BASH,
        "az acr update -n contoso --data-endpoint-enabled true\n\
         az acr connected-registry create -r contoso.azurecr.io -n edge01 -g rg1 --repository app/api hello-world --client-tokens tills1 --mode ReadWrite -s '0 0 * * *' -w PT4H --yes\n\
         az k8s-extension create -c arc1 -t connectedClusters -g rg-arc -n reg1 --extension-type microsoft.containerregistry.connectedregistry \\\n  \
         --config service.clusterIP=10.0.0.200 cert-manager.install=false --config pvc.storageClassName=fast --config-protected-file p.json --auto-upgrade-minor-version false --version 0.11.0\n",
        &expect![[r#"
            #scenario=own-cert-manager&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api,hello-world&cluster-rg=rg-arc&extension=reg1&schedule=0%200%20*%20*%20*&window=PT4H&tokens=tills1&storage-class=fast&version=0.11.0&mode=read-write&sync=scheduled&upgrade=pin&shell=bash&v=1
        "#]],
    );
    check(
        BASH,
        "kubectl --context edge create secret tls edge-tls --cert=tls.crt --key=tls.key -n connected-registry\n\
         printf '{\"connectionString\": \"%s\", \"tls.secret\": \"edge-tls\"}' \"$CONNECTION\" >p.json\n\
         az k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry \\\n  \
         --config service.clusterIP=10.0.0.200 cert-manager.enabled=false cert-manager.install=false trustDistribution.useNodeSelector=true --config-protected-file p.json --release-namespace other\n",
        &expect![[r#"
            #scenario=kubernetes-secret&rg=rg1&cluster=arc1&ip=10.0.0.200&extension=edge01&context=edge&secret=edge-tls&crt=tls.crt&key=tls.key&trust=labelled-nodes&shell=bash&v=1
            left: --release-namespace other: an option without a place in the form
        "#]],
    );
}

#[test]
fn each_undertaking_of_a_page_is_a_set_of_its_own() {
    check(
        Form::Markdown,
        "```bash\naz acr connected-registry create -r contoso -n edge01 --repository app/api --yes\n```\nOne way:\n\n```bash\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 --config-protected-file p.json\n```\n\
         Another:\n\n```bash\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 httpEnabled=true cert-manager.enabled=false cert-manager.install=false trustDistribution.enabled=false --config-protected-file p.json\n```\n\
         Then:\n\n```bash\naz acr connected-registry update -r contoso -n edge01 -s '* * * * *'\naz acr connected-registry permissions update -r contoso -n edge01 --add app/more --remove app/api\n\
         az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config-protected-file p.json --yes\naz k8s-extension delete -c arc1 -t connectedClusters -g rg1 -n edge01 --yes\naz acr connected-registry delete -r contoso -n edge01 --cleanup --yes\n```\n",
        &expect![[r#"
            #registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api&shell=bash&v=1
            #scenario=http&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api&shell=bash&v=1
            #scenario=sync-continuous&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api&shell=bash&v=1
            #registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/more&remove-repos=app/api&task=repositories&shell=bash&v=1
            #registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api&task=rotate&shell=bash&v=1
            #scenario=clean-up&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=app/api&shell=bash&v=1
        "#]],
    );
}

#[test]
fn what_has_no_place_is_told_and_secrets_are_not_taken() {
    check(
        BASH,
        "az group create -n rg1 -l westeurope\naz acr create -n contoso -g rg1 --sku Premium\nhelm repo add x https://example.com\n\
         az acr connected-registry create -r contoso -n edge01 --sync-token mine1 --yes\n\
         az k8s-extension create -c arc1 -t connectedClusters -g $RG -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=\"$IP\" a.b=c \\\n  \
         --config-protected connectionString='ConnectedRegistryName=edge01;SyncTokenPassword=Vq8mZ2;x' --scope cluster\n",
        &expect![[r##"
            #registry=contoso&name=edge01&cluster=arc1&shell=bash&v=1
            left: az group create -n rg1 -l westeurope: a command that the form does not make
            left: az acr create -n contoso -g rg1 --sku Premium: a command that the form does not make
            left: helm repo add x https://example.com: a command that the form does not make
            left: --sync-token mine1: an option without a place in the form
            left: -g: its value is not in the text
            left: service.clusterIP="$IP": its value is not in the text
            left: a.b=c: a configuration setting without a place in the form
            left: connectionString: a secret: the form never holds any
            left: --scope cluster: an option without a place in the form
        "##]],
    );
    check(
        Form::Settings,
        "{\"connectionString\": \"ConnectedRegistryName=edge01;SyncTokenName=edge01;SyncTokenPassword=Vq8mZ2;ParentGatewayEndpoint=contoso.westeurope.data.azurecr.io;ParentEndpointProtocol=https\", \"tls.secret\": \"edge-tls\"}",
        &expect![[r#"
            #scenario=kubernetes-secret&registry=contoso&name=edge01&secret=edge-tls&secret-exists=yes&shell=bash&v=1
            left: connectionString: a secret: the form never holds any
        "#]],
    );
    check(BASH, "echo hello\n", &expect![""]);
    check(
        BASH,
        "az k8s-extension show -c arc1 -t connectedClusters -g rg1 -n edge01\n",
        &expect![[r#"
        #rg=rg1&cluster=arc1&extension=edge01&task=diagnose&shell=bash&v=1
    "#]],
    );
    check(
        POWERSHELL,
        "$ip = '10.0.0.200'\ncrictl pull --creds \"tills1:$password\" \"${ip}:80/hello-world:latest\"\n",
        &expect![[r#"
            #scenario=pull-image&ip=10.0.0.200&tokens=tills1&image=hello-world:latest&tls=http&shell=powershell&v=1
        "#]],
    );
    check(
        BASH,
        "az acr connected-registry deactivate -r contoso -n edge01 --yes\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --config service.clusterIP=10.0.0.200 --config-protected-file p.json\n",
        &expect![[r#"
        #registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&task=redeploy&shell=bash&v=1
    "#]],
    );
}
