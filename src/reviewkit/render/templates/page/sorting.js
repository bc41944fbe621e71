// Sorting: heads of tables become buttons; where rows are cards, a list stands above them.
(function(){
var words=new Intl.Collator(document.documentElement.lang||"en",{numeric:true,sensitivity:"base"});
function groups(rows){
  // Rows are sorted within their group; totals stay where they are.
  var found=[],open=null;
  rows.forEach(function(row){
    if(row.classList.contains("rk-total")){open=null;found.push({still:row});return;}
    if(!open||row.classList.contains("rk-opens")){open={rows:[]};found.push(open);}
    open.rows.push(row);
  });
  return found;
}
function cell(row,key){return row.querySelector('[data-c="'+key+'"]');}
function compare(key,way){
  return function(a,b){
    var x=cell(a,key),y=cell(b,key);
    var empty=(x.hasAttribute("data-none")?1:0)-(y.hasAttribute("data-none")?1:0);
    if(empty)return empty;
    if(x.hasAttribute("data-rank")||y.hasAttribute("data-rank"))
      return way*((+x.getAttribute("data-rank")||0)-(+y.getAttribute("data-rank")||0));
    return way*words.compare(x.textContent.trim(),y.textContent.trim());
  };
}
[].forEach.call(document.querySelectorAll(".rk-table.rk-sortable table"),function(table){
  var body=table.tBodies[0],listed=[].slice.call(body.rows),heads=[].slice.call(table.querySelectorAll("th[data-sort]"));
  var lead=listed.map(function(row){return row.querySelector("th.rk-group");});
  var state={key:"",way:0},select=document.createElement("select");
  function show(){
    groups(listed).forEach(function(group){
      if(group.still)return body.append(group.still);
      var rows=group.rows.slice(),first=rows[0],head=lead[listed.indexOf(first)];
      if(state.way)rows.sort(compare(state.key,state.way));
      rows.forEach(function(row){row.classList.remove("rk-opens");body.append(row);});
      if(head){rows[0].prepend(head);rows[0].classList.add("rk-opens");}
    });
    heads.forEach(function(head){
      if(head.getAttribute("data-c")===state.key&&state.way)
        head.setAttribute("aria-sort",state.way>0?"ascending":"descending");
      else head.removeAttribute("aria-sort");
    });
    select.value=state.way?state.key:"";
  }
  function ask(key){
    var head=heads.find(function(item){return item.getAttribute("data-c")===key;});
    return head&&head.getAttribute("data-sort")==="rank"?-1:1;
  }
  heads.forEach(function(head){
    var button=document.createElement("button"),key=head.getAttribute("data-c");
    button.type="button";button.className="rk-sort";
    button.append.apply(button,[].slice.call(head.childNodes));
    head.append(button);
    button.addEventListener("click",function(){
      var first=ask(key);
      state=state.key!==key||!state.way?{key:key,way:first}:state.way===first?{key:key,way:-first}:{key:"",way:0};
      show();
    });
  });
  if(!table.parentNode.classList.contains("rk-cards"))return;
  var label=document.createElement("label");label.className="rk-sort-list";
  label.append(page.words.sort+" ",select);
  select.add(new Option(page.words.listed,""));
  heads.forEach(function(head){
    if(head.getAttribute("data-label"))select.add(new Option(head.getAttribute("data-label"),head.getAttribute("data-c")));
  });
  select.addEventListener("change",function(){state={key:select.value,way:select.value?ask(select.value):0};show();});
  table.before(label);
});
})();
