// Vue 2 leaves elements alone that it is told of.
Vue.config.ignoredElements = ['duibiao-check'];
Vue.config.productionTip = false;

new Vue({
  el: '#app',
  data: {
    title: '城市长效管理指标自查',
    departments: ['', '市城市管理局', '市住房和城乡建设局', '市生态环境局'],
    department: '',
    shown: true,
    result: '尚未开始',
    entry: undefined,
  },
  methods: {
    // `Object.freeze`: Vue need not watch figures.
    fill: function () { this.entry = Object.freeze({ fields: { 清扫面积: 480, 机扫面积: 412 } }); },
    heard: function (event) {
      var having = function (outcome) { return event.report.findings.filter(function (finding) { return finding.outcome === outcome; }); };
      var unmet = having('unmet').map(function (finding) { return finding.title; });
      this.result = '达标 ' + having('met').length + ' 项，未达标 ' + unmet.length + ' 项' + (unmet.length === 0 ? '' : '：' + unmet.join('、'));
    },
  },
});
