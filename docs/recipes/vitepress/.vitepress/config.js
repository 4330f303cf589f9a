export default {
  title: "Edge registry",
  // It defines the element once, for all pages: VitePress exchanges them without a reload.
  head: [["script", { src: "https://example.com/configurator/embed.js", async: "" }]],
  // Otherwise Vue looks for a component of that name.
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "connected-registry" } } },
  themeConfig: {
    sidebar: [
      { text: "Pull an image", link: "/" },
      { text: "Afterwards", link: "/afterwards" },
    ],
  },
};
